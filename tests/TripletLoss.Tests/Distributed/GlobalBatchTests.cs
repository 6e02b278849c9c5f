using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The loss of all ranks' samples against plain loops and against one process that has them all.</summary>
public class GlobalBatchTests
{
    private const int CasesEach = 70;

    // Where distances are as good as equal the choice is a rounding's, and the gradient with it.
    private static readonly HashSet<PointCloud> Distinct = [PointCloud.Gaussian, PointCloud.Grid, PointCloud.DistantGrid, PointCloud.UnitLength];

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(2, true)]
    [InlineData(3, null)]
    [InlineData(4, null)]
    [InlineData(4, false)]
    public void Random_batches_in_uneven_shares_give_what_the_oracle_says(int ranks, bool? share)
    {
        int compared = 0;
        for (int seed = 0; seed < CasesEach; seed++)
        {
            using var scope = NewDisposeScope();
            var shares = RankShares.Of(seed + 1000 * ranks, ranks);
            var (all, tensors) = (shares.Case, new CaseTensors(shares.Case));
            var result = shares.Run(share);
            result.Values.Should().HaveCount(ranks).And.OnlyContain(value => value.Equals(result.Values[0]), "every rank has the same bits ({0})", all);
            var one = result with { Values = [result.Values[0]] };
            new CaseCheck(all, tensors.ForOracle(), CaseTolerance.OfLoss(all), CaseRun.Upstream(all)).Difference(one).Should().BeNull("{0} in {1}", all, string.Join(" + ", shares.Counts));
            if (!Distinct.Contains(all.Cloud) || all.IsSpoilt)
                continue;
            compared++;
            var alone = CaseRun.Call(all, tensors, CaseRun.Upstream(all));
            Compare(one.Values, alone.Values, 1e-6, 0, all);
            Compare(one.AnchorGradient!, alone.AnchorGradient!, 1e-5, Precision(all.Type), all);
        }
        compared.Should().BeGreaterThan(CasesEach / 7);
    }

    private static void Compare(double[] found, double[] expected, double tolerance, double rounding, RandomCase @case)
    {
        found.Should().HaveSameCount(expected);
        double scale = expected.Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < found.Length; i++)
            found[i].Should().BeApproximately(expected[i], Math.Max(tolerance, rounding) * scale + 1e-12, "one process gives it for {0}", @case);
    }

    // A half type rounds the sum of a gradient to its next number.
    private static double Precision(ScalarType type) => type switch { ScalarType.Float16 => 1e-3, ScalarType.BFloat16 => 8e-3, _ => 0 };
}
