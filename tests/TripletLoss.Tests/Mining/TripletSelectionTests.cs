using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Offline selection against plain loops.</summary>
public class TripletSelectionTests
{
    private const int Count = 40;
    private const double Margin = 1.5;

    public static TheoryData<PositiveChoice, NegativeChoice, int> Choices()
    {
        var data = new TheoryData<PositiveChoice, NegativeChoice, int>();
        foreach (var positives in Enum.GetValues<PositiveChoice>())
        {
            foreach (var negatives in Enum.GetValues<NegativeChoice>())
            {
                data.Add(positives, negatives, 1);
                data.Add(positives, negatives, 3);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void TakesWhatPlainLoopsTake(PositiveChoice positives, NegativeChoice negatives, int perAnchor)
    {
        using var scope = NewDisposeScope();
        var (labels, x) = Data();
        var triplets = TripletMiner.Select(Labels(labels), Points(x), positives, negatives, Margin, perAnchor: perAnchor, seed: 5, cancellationToken: TestContext.Current.CancellationToken);
        var found = MinedTriplets.Of(triplets.Where(ones(triplets.Count, ScalarType.Bool))).GroupBy(triplet => triplet.Anchor).ToDictionary(group => group.Key, group => group.ToList());
        int leftOut = 0;
        for (int anchor = 0; anchor < Count; anchor++)
        {
            var (near, far) = (Others(labels, anchor, same: true), Others(labels, anchor, same: false));
            var expected = Ordered(positives, near, other => Squared(x[anchor], x[other])).Take(perAnchor)
                .Select(positive => (Positive: positive, Negative: Negative(negatives, x, anchor, positive, far)))
                .Where(pair => positives == PositiveChoice.Random || pair.Negative is not null).ToList();
            var taken = found.GetValueOrDefault(anchor) ?? [];
            leftOut += taken.Count == 0 ? 1 : 0;
            taken.Select(triplet => triplet.Positive).Should().OnlyHaveUniqueItems().And.BeSubsetOf(near);
            taken.Select(triplet => triplet.Negative).Should().BeSubsetOf(far);
            if (positives != PositiveChoice.Random)
                taken.Select(triplet => triplet.Positive).Should().Equal(expected.Select(pair => pair.Positive));
            if (negatives != NegativeChoice.Random)
                taken.Select(triplet => (long?)triplet.Negative).Should().Equal(taken.Select(triplet => Negative(negatives, x, anchor, triplet.Positive, far)));
            else if (positives == PositiveChoice.Random)
                taken.Should().HaveCount(Math.Min(perAnchor, near.Count));
        }
        triplets.AnchorsLeftOut.Should().Be(leftOut);
        triplets.ToString().Should().StartWith($"{triplets.Count} triplets of {Count - leftOut} anchors");
    }

    [Fact]
    public void TheSameSeedDrawsTheSameAndAnotherDoesNot()
    {
        using var scope = NewDisposeScope();
        var (labels, x) = Data();
        List<(long, long, long)> Draw(long seed) => MinedTriplets.Of(TripletMiner.Select(Labels(labels), Points(x), negatives: NegativeChoice.Random, seed: seed));
        Draw(3).Should().Equal(Draw(3)).And.NotEqual(Draw(4));
    }

    [Fact]
    public void DrawsEveryPositiveAndNegativeAlike()
    {
        using var scope = NewDisposeScope();
        var labels = new long[] { 0, 0, 0, 0, 0, 1, 1, 1, 1 };
        var (positives, negatives) = (new int[9], new int[9]);
        const int Draws = 4000;
        for (int seed = 0; seed < Draws; seed++)
        {
            var first = MinedTriplets.Of(TripletMiner.Select(Labels(labels), Points([.. labels.Select((_, i) => new[] { (double)i })]), negatives: NegativeChoice.Random, seed: seed, cancellationToken: TestContext.Current.CancellationToken))[0];
            positives[first.Positive]++;
            negatives[first.Negative]++;
        }
        // Four of each, 1000 times on average; five standard deviations are 137.
        positives[1..5].Should().OnlyContain(times => Math.Abs(times - 1000) < 137);
        negatives[5..].Should().OnlyContain(times => Math.Abs(times - 1000) < 137);
        positives[0].Should().Be(0);
    }

    [Fact]
    public void AnOwnCopyAmongReferencesIsNeverThePositive()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 1 });
        var points = tensor(new float[,] { { 0 }, { 1 } });
        var references = new ReferenceSet(tensor(new long[] { 0, 0, 1 }), tensor(new float[,] { { 0 }, { 3 }, { 1 } }), tensor(new long[] { 0, 2 }));
        foreach (var choice in Enum.GetValues<PositiveChoice>())
        {
            using var triplets = TripletMiner.Select(labels, points, choice, NegativeChoice.Hardest, references: references, cancellationToken: TestContext.Current.CancellationToken);
            triplets.AnchorsLeftOut.Should().Be(1);
            MinedTriplets.Of(triplets).Should().Equal((0, 1, 2));
        }
    }

    [Fact]
    public void TripletsGatherTheirPointsAndGoIntoTheLoss()
    {
        using var scope = NewDisposeScope();
        var (labels, x) = Data();
        var points = Points(x).requires_grad_();
        using var triplets = TripletMiner.Select(Labels(labels), points, negatives: NegativeChoice.Hardest, cancellationToken: TestContext.Current.CancellationToken);
        var (anchors, positives, negatives) = triplets.Gather(points);
        var loss = new ExplicitTripletLoss();
        TensorNumbers.Of(loss.Call(triplets.ToTensor(), points)).Should().Equal(TensorNumbers.Of(loss.Call(anchors, positives, negatives)));
    }

    [Fact]
    public void TripletsAreGatheredFromAsManyRowsAsWereMined()
    {
        using var scope = NewDisposeScope();
        var (labels, points) = (tensor(new long[] { 0, 1 }), tensor(new float[,] { { 0 }, { 1 } }));
        var references = new ReferenceSet(tensor(new long[] { 0, 1, 1 }), tensor(new float[,] { { 2 }, { 3 }, { 4 } }));
        using var triplets = TripletMiner.BatchHard(labels, points, references: references);
        var (anchors, positives, negatives) = triplets.Gather(points, references.Embeddings);
        TensorNumbers.Of(cat([anchors, positives, negatives], 1)).Should().Equal(0, 2, 3, 1, 4, 2);
        FluentActions.Invoking(() => triplets.Gather(points)).Should().Throw<ArgumentException>().WithMessage("references must have a row for each of the 3 that were mined, got Float32 [2, 1].*");
        FluentActions.Invoking(() => triplets.Gather(references.Embeddings, references.Embeddings)).Should().Throw<ArgumentException>()
            .WithMessage("embeddings must have a row for each of the 2 that were mined, got Float32 [3, 1].*");
    }

    [Fact]
    public void WrongArgumentsAreRefusedAndWorkCanBeStopped()
    {
        using var scope = NewDisposeScope();
        var (labels, x) = Data();
        FluentActions.Invoking(() => TripletMiner.Select(Labels(labels), Points(x), (PositiveChoice)9)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("positives");
        FluentActions.Invoking(() => TripletMiner.Select(Labels(labels), Points(x), negatives: (NegativeChoice)9)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("negatives");
        FluentActions.Invoking(() => TripletMiner.Select(Labels(labels), Points(x), perAnchor: 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("perAnchor");
        FluentActions.Invoking(() => TripletMiner.Select(Labels(labels), Points(x), margin: -1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("margin");
        FluentActions.Invoking(() => TripletMiner.Select(Labels(labels), Points(x), cancellationToken: new CancellationToken(canceled: true))).Should().Throw<OperationCanceledException>();
        using var triplets = TripletMiner.BatchSemiHard(Labels(labels), Points(x));
        FluentActions.Invoking(() => triplets.Where(ones(3))).Should().Throw<ArgumentException>().WithMessage("mask must be Bool [*], one per triplet, got Float32 [3].*");
    }

    [Fact]
    public void MoreTripletsAnAnchorThanThereAreReferencesAreAsManyAsThereArePositives()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 0, 0, 1 });
        var points = tensor(new float[,] { { 0 }, { 1 }, { 3 }, { 4 } });
        foreach (var positives in Enum.GetValues<PositiveChoice>())
        {
            foreach (var negatives in Enum.GetValues<NegativeChoice>())
            {
                foreach (var perAnchor in new[] { 5, int.MaxValue })
                {
                    using var triplets = TripletMiner.Select(labels, points, positives, negatives, margin: 100, perAnchor: perAnchor, cancellationToken: TestContext.Current.CancellationToken);
                    // The negative at 4 is nearer to the anchor at 3 than the positives at 0 and 1 are.
                    MinedTriplets.Of(triplets).Order().Should().Equal(negatives == NegativeChoice.SemiHard
                        ? new List<(long, long, long)> { (0, 1, 3), (0, 2, 3), (1, 0, 3), (1, 2, 3) }
                        : [(0, 1, 3), (0, 2, 3), (1, 0, 3), (1, 2, 3), (2, 0, 3), (2, 1, 3)]);
                }
            }
        }
    }

    [Fact]
    public void ProgressIsToldAfterEachTileAndTheWorkStopsBeforeTheNext()
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        var (labels, points, shares) = (Arithmetic.Cycle(1500, 7), rand(1500, 2), new List<double>());
        TripletMiner.Select(labels, points, progress: new Told(shares.Add), cancellationToken: TestContext.Current.CancellationToken).Dispose();
        shares.Should().HaveCountGreaterThan(2).And.BeInAscendingOrder().And.OnlyHaveUniqueItems().And.EndWith(1);
        shares.Clear();
        var told = new Told(share =>
        {
            shares.Add(share);
            source.Cancel();
        });
        FluentActions.Invoking(() => TripletMiner.Select(labels, points, progress: told, cancellationToken: source.Token)).Should().Throw<OperationCanceledException>();
        shares.Should().ContainSingle("the first tile was done");
    }

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }

    // Some classes of one sample, some large; no two distances are equal.
    private static (long[] Labels, double[][] Points) Data()
    {
        var random = new Random(2);
        return ([.. Enumerable.Range(0, Count).Select(i => (long)(i < 3 ? 90 + i : random.Next(6)))], [.. Enumerable.Range(0, Count).Select(_ => new[] { random.NextDouble() * 3, random.NextDouble() * 3 })]);
    }

    private static Tensor Labels(long[] labels) => tensor(labels);

    private static Tensor Points(double[][] x) => tensor(x.SelectMany(point => point).ToArray()).reshape(x.Length, -1);

    private static List<long> Others(long[] labels, int anchor, bool same) =>
        [.. Enumerable.Range(0, labels.Length).Where(other => other != anchor && labels[other] == labels[anchor] == same).Select(other => (long)other)];

    private static IEnumerable<long> Ordered(PositiveChoice choice, List<long> positives, Func<long, double> distance) =>
        choice == PositiveChoice.Hardest ? positives.OrderByDescending(distance) : positives.OrderBy(distance);

    private static long? Negative(NegativeChoice choice, double[][] x, int anchor, long positive, List<long> negatives)
    {
        double own = Squared(x[anchor], x[positive]);
        var candidates = choice == NegativeChoice.SemiHard
            ? negatives.Where(other => Squared(x[anchor], x[other]) is var distance && distance > own && distance < own + Margin)
            : negatives;
        return candidates.OrderBy(other => Squared(x[anchor], x[other])).Select(other => (long?)other).FirstOrDefault();
    }

    private static double Squared(double[] x, double[] y) => x.Zip(y, (a, b) => (a - b) * (a - b)).Sum();
}
