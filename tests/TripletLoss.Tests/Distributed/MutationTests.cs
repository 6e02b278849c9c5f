using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What other libraries get wrong across processes: values stay right and gradients do not. The comparison with the oracle has to see each of them.</summary>
public class MutationTests
{
    private const int Ranks = 3;

    private sealed class NoReferenceGradient(IProcessGroup inner) : CountingGroup(inner)
    {
        public override Tensor ReduceScatterRows(Tensor rows, long[] counts) => zeros_like(base.ReduceScatterRows(rows, counts));
    }

    [Fact]
    public void Leaving_out_the_gradient_by_the_references_is_seen() =>
        AssertSeen((shares, _) => shares.Run(wrap: group => new NoReferenceGradient(group)));

    [Fact]
    public void A_gradient_times_the_number_of_ranks_is_seen() => AssertSeen((_, right) => right with { AnchorGradient = [.. right.AnchorGradient!.Select(entry => entry * Ranks)] });

    [Fact]
    public void A_local_divisor_is_seen() => AssertSeen((shares, right) =>
    {
        var (dim, labels) = (shares.Case.Points.Dim, shares.Case.Points.Labels);
        var rankOfRow = shares.Counts.SelectMany((count, rank) => Enumerable.Repeat(rank, count)).ToArray();
        long all = Pairs(labels, labels);
        double[] factors = [.. Enumerable.Range(0, Ranks).Select(rank => (double)all / Math.Max(1, Pairs([.. labels.Where((_, row) => rankOfRow[row] == rank)], labels)))];
        return right with { AnchorGradient = [.. right.AnchorGradient!.Select((entry, index) => entry * factors[rankOfRow[index / dim]])] };
    });

    private static long Pairs(long[] anchors, long[] all) => anchors.Sum(label => (long)all.Count(other => other == label) - 1);

    private static void AssertSeen(Func<RankShares, CaseResult, CaseResult> mutate)
    {
        int tried = 0, seen = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            using var scope = NewDisposeScope();
            var shares = RankShares.Of(seed, Ranks, "semi-hard");
            var right = shares.Run();
            if (shares.Case.IsSpoilt || shares.Counts.Contains(0) || right.AnchorGradient!.All(entry => entry == 0))
                continue;
            tried++;
            var mutated = mutate(shares, right);
            mutated.Values[1..].Should().Equal(mutated.Values[..^1]);
            var check = new CaseCheck(
                shares.Case, new CaseTensors(shares.Case).ForOracle(), CaseTolerance.OfLoss(shares.Case), CaseRun.Upstream(shares.Case));
            seen += check.Difference(mutated with { Values = [mutated.Values[0]] }) is null ? 0 : 1;
        }
        tried.Should().BeGreaterThan(3);
        seen.Should().Be(tried);
    }
}
