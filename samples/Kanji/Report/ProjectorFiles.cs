using System.Globalization;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>Vectors and what they stand for as an embedding projector loads them: a line a vector, numbers apart by tabs; a heading, then a line an image.</summary>
internal static class ProjectorFiles
{
    public static void Write(Tensor vectors, KanjiImages kanji, string folder)
    {
        var numbers = vectors.data<float>().ToArray().Chunk((int)vectors.shape[1]);
        File.WriteAllLines(Path.Combine(folder, "vectors.tsv"), numbers.Select(row => string.Join('\t', row.Select(number => number.ToString(CultureInfo.InvariantCulture)))));
        var names = Enumerable.Range(0, kanji.Count).Select(image => $"{kanji.Characters[kanji.CharacterOf(image)]}\t{Typeface.Names[kanji.TypefaceOf(image)]}");
        File.WriteAllLines(Path.Combine(folder, "metadata.tsv"), ["character\ttypeface", .. names]);
    }
}
