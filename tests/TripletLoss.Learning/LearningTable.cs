using System.Text;
using Kanji;

namespace TripletLoss.Learning;

/// <summary>The outcomes as Markdown.</summary>
internal static class LearningTable
{
    /// <param name="pixels">What the images' own pixels show.</param>
    /// <param name="untrained">What the networks showed before training, one a seed.</param>
    /// <param name="outcomes">What each variant showed, one a seed, in the order of the seeds.</param>
    public static string Of(Figures pixels, IReadOnlyList<Figures> untrained, IReadOnlyList<(Variant Variant, IReadOnlyList<Figures> Seeds)> outcomes)
    {
        var text = new StringBuilder("""
            | triplets | computed by | MAP@R | recall@1 | MAP@R − plain | recall@1 − plain |
            | --- | --- | ---: | ---: | ---: | ---: |

            """);
        Add("", "the pixels", Display.Number(pixels.MapAtR), Display.Number(pixels.RecallAt1), "", "");
        Add("", "the network before training", Sampled(untrained, one => one.MapAtR).WithDeviation(), Sampled(untrained, one => one.RecallAt1).WithDeviation(), "", "");
        foreach (var (variant, seeds) in outcomes)
        {
            var plain = outcomes.First(other => other.Variant.Rule == variant.Rule && other.Variant.IsPlain).Seeds;
            Add(
                variant.Rule, variant.Name,
                Sampled(seeds, one => one.MapAtR).WithDeviation(), Sampled(seeds, one => one.RecallAt1).WithDeviation(),
                variant.IsPlain ? "" : Difference(seeds, plain, one => one.MapAtR), variant.IsPlain ? "" : Difference(seeds, plain, one => one.RecallAt1));
        }

        return text.ToString();

        void Add(params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static Sample Sampled(IEnumerable<Figures> seeds, Func<Figures, double> figure) => new([.. seeds.Select(figure)]);

    // Seed by seed: both started from the same weights and saw the same batches.
    private static string Difference(IReadOnlyList<Figures> seeds, IReadOnlyList<Figures> plain, Func<Figures, double> figure) =>
        new Sample([.. seeds.Zip(plain, (one, other) => figure(one) - figure(other))]).WithError();
}
