using System.Globalization;
using System.IO.Compression;
using System.Text;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>Characters, each in the same typefaces: images [N, 1, 20, 20] with ink from 0 to 1, character by character, and labels [N].</summary>
internal sealed class KanjiImages : IDisposable
{
    public const int Side = 20;
    public const int Pixels = Side * Side;
    public const int MostInk = 15;

    private readonly byte[] _ink;

    private KanjiImages(IReadOnlyList<string> characters, byte[] ink)
    {
        (Characters, _ink) = (characters, ink);
        Images = tensor(Array.ConvertAll(ink, level => level / (float)MostInk), [Count, 1, Side, Side]);
        Labels = tensor([.. Enumerable.Range(0, Count).Select(image => (long)CharacterOf(image))]);
    }

    public static string DefaultPath { get; } = Path.Combine(AppContext.BaseDirectory, "data", "kanji.gz");

    public IReadOnlyList<string> Characters { get; }

    public int Count => Characters.Count * Typeface.Names.Count;

    public Tensor Images { get; }

    public Tensor Labels { get; }

    /// <summary>Reads a line that says what follows, a line of characters, and two pixels a byte.</summary>
    public static KanjiImages Load(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        var bytes = memory.ToArray();
        var secondLine = Array.IndexOf(bytes, (byte)'\n') + 1;
        var pixels = Array.IndexOf(bytes, (byte)'\n', secondLine) + 1;
        var text = StringInfo.GetTextElementEnumerator(Encoding.UTF8.GetString(bytes, secondLine, pixels - secondLine - 1));
        var characters = new List<string>();
        while (text.MoveNext()) characters.Add(text.GetTextElement());
        return new(characters, [.. bytes.Skip(pixels).SelectMany(two => (byte[])[(byte)(two >> 4), (byte)(two & MostInk)])]);
    }

    /// <summary>Some characters, labelled from 0 again.</summary>
    public KanjiImages Take(int first, int count)
    {
        var (begin, length) = (first * Typeface.Names.Count * Pixels, count * Typeface.Names.Count * Pixels);
        return new([.. Characters.Skip(first).Take(count)], _ink[begin..(begin + length)]);
    }

    /// <summary>The place of an image's character among the characters.</summary>
    public int CharacterOf(int image) => image / Typeface.Names.Count;

    /// <summary>An image's typeface.</summary>
    public int TypefaceOf(int image) => image % Typeface.Names.Count;

    /// <summary>An image's pixels, row by row, from 0 to 15.</summary>
    public ReadOnlySpan<byte> Ink(int image) => _ink.AsSpan(image * Pixels, Pixels);

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
