using System.Globalization;
using static TorchSharp.torch;

namespace Digits;

/// <summary>Vectors and labels as an embedding projector loads them: a line a vector, numbers apart by tabs; a line a label.</summary>
internal static class ProjectorFiles
{
    public static void Write(Tensor vectors, DigitImages digits, string folder)
    {
        var numbers = vectors.data<float>().ToArray().Chunk((int)vectors.shape[1]);
        File.WriteAllLines(Path.Combine(folder, "vectors.tsv"), numbers.Select(row => string.Join('\t', row.Select(number => number.ToString(CultureInfo.InvariantCulture)))));
        File.WriteAllLines(Path.Combine(folder, "metadata.tsv"), digits.Digits.Select(digit => digit.ToString(CultureInfo.InvariantCulture)));
    }
}
