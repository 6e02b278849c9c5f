using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>How many samples the classes have.</summary>
internal enum LabelPattern
{
    Random,
    Balanced,
    TwoClasses,
    OneClass,
    AllDistinct,

    /// <summary>One large class and singletons.</summary>
    Imbalanced,
}

internal static class LabelPatterns
{
    public static long[] Draw(this LabelPattern pattern, Random random, int count)
    {
        int classes = random.Next(1, Math.Max(count, 1) + 1);
        long[] labels = [.. Enumerable.Range(0, count).Select(i => (long)Class(pattern, random, i, classes))];
        random.Shuffle(labels);
        return labels;
    }

    /// <summary>The number of class 0 in a label type: where it can be, one whose neighbours are the same once cast to a float.</summary>
    public static long First(Random random, ScalarType type) => type switch
    {
        ScalarType.Byte => 0,
        ScalarType.Int8 => -100,
        ScalarType.Int16 => 32_000,
        ScalarType.Int32 => random.Next(2) == 0 ? int.MinValue : 1 << 24,
        _ => random.Next(3) switch { 0 => 1L << 53, 1 => long.MinValue, _ => long.MaxValue - 200 },
    };

    private static int Class(LabelPattern pattern, Random random, int index, int classes) => pattern switch
    {
        LabelPattern.Balanced => index % classes,
        LabelPattern.TwoClasses => random.Next(2),
        LabelPattern.OneClass => 0,
        LabelPattern.AllDistinct => index,
        LabelPattern.Imbalanced => index % 3 == 0 ? index : 0,
        _ => random.Next(classes),
    };
}
