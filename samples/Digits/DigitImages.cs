using System.Globalization;
using System.IO.Compression;
using static TorchSharp.torch;

namespace Digits;

/// <summary>Images [N, 64] with pixels from 0 to 1, and the digits they show.</summary>
internal sealed class DigitImages : IDisposable
{
    public const int Pixels = 64;
    private readonly float[][] _images;

    private DigitImages(float[][] images, long[] labels)
    {
        _images = images;
        Digits = labels;
        Images = tensor(images.SelectMany(image => image).ToArray(), [images.Length, Pixels]);
        Labels = tensor(labels);
    }

    public Tensor Images { get; }

    public Tensor Labels { get; }

    /// <summary>The labels as numbers.</summary>
    public IReadOnlyList<long> Digits { get; }

    public int Count => _images.Length;

    /// <summary>Reads a line an image: 64 numbers from 0 to 16, then the digit.</summary>
    public static DigitImages Load(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var (images, labels) = (new List<float[]>(), new List<long>());
        while (reader.ReadLine() is { } line)
        {
            var numbers = Array.ConvertAll(line.Split(','), text => int.Parse(text, CultureInfo.InvariantCulture));
            images.Add(Array.ConvertAll(numbers[..Pixels], pixel => pixel / 16f));
            labels.Add(numbers[Pixels]);
        }

        return new DigitImages([.. images], [.. labels]);
    }

    /// <summary>Two halves, the same in every run.</summary>
    public (DigitImages Training, DigitImages HeldOut) Halves()
    {
        var order = Enumerable.Range(0, Count).ToArray();
        new Random(0).Shuffle(order);
        return (Take(order[..(Count / 2)]), Take(order[(Count / 2)..]));
    }

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }

    private DigitImages Take(int[] places) =>
        new(Array.ConvertAll(places, place => _images[place]), Array.ConvertAll(places, place => Digits[place]));
}
