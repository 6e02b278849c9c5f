using TripletLoss;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>How well each image finds its character among all the others.</summary>
internal sealed record Figures(double MapAtR, double RecallAt1)
{
    public static Figures Of(Tensor vectors, Tensor labels)
    {
        var found = RetrievalMetrics.LeaveOneOut(labels, vectors);
        return new(found.MeanAveragePrecisionAtR, found.RecallAt(1));
    }

    /// <summary>Of the images' own pixels as vectors.</summary>
    public static Figures OfPixels(KanjiImages kanji)
    {
        using var pixels = kanji.Images.flatten(1);
        return Of(pixels, kanji.Labels);
    }

    /// <summary>Null where one is missing.</summary>
    public static Figures? Mean(IReadOnlyCollection<Figures?> several) => several.Contains(null) ? null : new(several.Average(one => one!.MapAtR), several.Average(one => one!.RecallAt1));
}
