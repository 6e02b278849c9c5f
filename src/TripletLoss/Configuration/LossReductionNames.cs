using System.Diagnostics.CodeAnalysis;

namespace TripletLoss;

/// <summary>Keras's strings for <see cref="LossReduction"/>.</summary>
internal static class LossReductionNames
{
    private static readonly (string Name, LossReduction Reduction)[] Pairs =
    [
        ("sum_over_batch_size", LossReduction.SumOverBatchSize),
        ("sum", LossReduction.Sum),
        ("none", LossReduction.None),
        ("mean_with_sample_weight", LossReduction.MeanWithSampleWeight),
        ("mean", LossReduction.SumOverBatchSize), // a synonym, read and never written
    ];

    /// <summary>Every string that is read.</summary>
    public static IEnumerable<string> All => Pairs.Select(pair => pair.Name);

    /// <summary>The string that is written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public static string NameOf(LossReduction reduction)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Reduction == reduction)
                return pair.Name;
        }
        throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "reduction must be one of LossReduction's values.");
    }

    /// <summary>Finds the reduction of a string.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out LossReduction? reduction)
    {
        reduction = null;
        foreach (var pair in Pairs)
        {
            if (pair.Name == name)
                reduction = pair.Reduction;
        }
        return reduction is not null;
    }
}
