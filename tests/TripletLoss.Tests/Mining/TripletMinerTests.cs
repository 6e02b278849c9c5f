using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Mined indices against loops over all triplets, with references and without.</summary>
public class TripletMinerTests
{
    private const int CasesEach = 150;

    public static TheoryData<string> Distances => [.. DistancesUnderTest.Oracles.Select(distance => distance.Name)];

    [Theory]
    [MemberData(nameof(Distances))]
    public void SemiHardIsTheOraclesChoice(string distance) => ForEachCase(distance, (@case, tensors, problem) =>
    {
        var mined = MinedTriplets.Of(TripletMiner.BatchSemiHard(tensors.Labels, tensors.Embeddings, @case.Distance, tensors.References));
        var expected = Pairs(problem).Select(pair => (pair.Anchor, pair.Positive,
            Negatives: SemiHardOracle.Candidates(problem, pair.Anchor, pair.Positive, problem.Negatives(pair.Anchor)))).ToArray();
        mined.Select(triplet => (triplet.Anchor, triplet.Positive)).Should()
            .Equal(expected.Select(pair => ((long)pair.Anchor, (long)pair.Positive)), @case.Name);
        mined.Zip(expected).Where(both => !both.Second.Negatives.Contains((int)both.First.Negative)).Should().BeEmpty(@case.Name);
    });

    [Theory]
    [MemberData(nameof(Distances))]
    public void HardIsTheFarthestPositiveAndTheNearestNegative(string distance) => ForEachCase(distance, (@case, tensors, problem) =>
    {
        var mined = MinedTriplets.Of(TripletMiner.BatchHard(tensors.Labels, tensors.Embeddings, @case.Distance, tensors.References));
        int[] anchors = [.. problem.Anchors.Where(a => problem.Positives(a).Length > 0 && problem.Negatives(a).Length > 0)];
        mined.Select(triplet => triplet.Anchor).Should().Equal(anchors.Select(a => (long)a), @case.Name);
        mined.Where(triplet => !Extreme(problem, triplet.Anchor, problem.Positives((int)triplet.Anchor), 1).Contains(triplet.Positive)
            || !Extreme(problem, triplet.Anchor, problem.Negatives((int)triplet.Anchor), -1).Contains(triplet.Negative)).Should().BeEmpty(@case.Name);
    });

    [Theory]
    [MemberData(nameof(Distances))]
    public void BatchAllIsEveryTripletOfAKind(string distance) => ForEachCase(distance, (@case, tensors, problem) =>
    {
        foreach (var kind in new[] { TripletKind.Hard, TripletKind.SemiHard, TripletKind.Easy, TripletKind.Violating, TripletKind.Any })
        {
            using var scope = NewDisposeScope();
            var mined = MinedTriplets.Of(TripletMiner.BatchAll(
                tensors.Labels, tensors.Embeddings, @case.Margin, kind, @case.Distance, tensors.References));
            var expected = Triplets(problem).Where(triplet => kind.HasFlag(Kind(problem, triplet, @case.Margin)));
            // Which side of a border a doubtful one falls on is rounding.
            bool IsCertain((long, long, long) triplet) => !IsDoubtful(problem, triplet, @case.Margin);
            mined.Where(IsCertain).Should().Equal(expected.Where(IsCertain), $"{kind}, {@case.Name}");
            mined.Should().OnlyHaveUniqueItems();
        }
    });

    private sealed record MinerCase(string Name, Distance Distance, double Margin);

    private static void ForEachCase(string distance, Action<MinerCase, CaseTensors, OracleProblem> check)
    {
        int exact = 0, withReferences = 0;
        for (int seed = 0; seed < CasesEach; seed++)
        {
            using var scope = NewDisposeScope();
            var @case = RandomCase.Of(seed, distance: DistancesUnderTest.Named(distance), largest: 24);
            if (@case.IsSpoilt)
                continue;
            var tensors = new CaseTensors(@case);
            var problem = new OracleProblem(tensors.ForOracle(), @case.Loss.Distance, CaseTolerance.OfTensorKernel(@case).Rounding);
            exact += problem.IsExact ? 1 : 0;
            withReferences += tensors.References is null ? 0 : 1;
            check(new(@case.ToString(), DistancesUnderTest.Of(@case.Loss.Distance), @case.Loss.Margin), tensors, problem);
        }
        withReferences.Should().BeGreaterThan(CasesEach / 5);
        if (distance is not ("angular" or "naive-root"))
            exact.Should().BeGreaterThan(CasesEach / 10);
    }

    private static IEnumerable<(int Anchor, int Positive)> Pairs(OracleProblem problem) =>
        from a in problem.Anchors
        where problem.Negatives(a).Length > 0
        from p in problem.Positives(a)
        select (a, p);

    private static IEnumerable<(long Anchor, long Positive, long Negative)> Triplets(OracleProblem problem) =>
        from pair in Pairs(problem)
        from n in problem.Negatives(pair.Anchor)
        select ((long)pair.Anchor, (long)pair.Positive, (long)n);

    private static TripletKind Kind(OracleProblem problem, (long Anchor, long Positive, long Negative) triplet, double margin)
    {
        double[] d = problem.D[triplet.Anchor];
        var (positive, negative) = (d[triplet.Positive], d[triplet.Negative]);
        return negative <= positive ? TripletKind.Hard : negative < positive + margin ? TripletKind.SemiHard : TripletKind.Easy;
    }

    private static bool IsDoubtful(OracleProblem problem, (long Anchor, long Positive, long Negative) triplet, double margin)
    {
        if (problem.IsExact)
            return false;
        var (d, doubts) = (problem.D[triplet.Anchor], problem.Doubt[triplet.Anchor]);
        double doubt = doubts[triplet.Positive] + doubts[triplet.Negative];
        double difference = d[triplet.Negative] - d[triplet.Positive];
        return Math.Abs(difference) <= doubt || Math.Abs(difference - margin) <= doubt;
    }

    private static IEnumerable<long> Extreme(OracleProblem problem, long anchor, int[] candidates, int sign)
    {
        var (d, doubt) = (problem.D[anchor], problem.Doubt[anchor]);
        if (problem.IsExact)
            return [candidates.MaxBy(j => sign * d[j])];
        double bound = candidates.Max(j => sign * d[j] - doubt[j]);
        return candidates.Where(j => sign * d[j] + doubt[j] >= bound).Select(j => (long)j);
    }
}
