using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Miners and losses against pytorch-metric-learning, sentence-transformers and torch itself.</summary>
public class TorchTests
{
    public static TheoryData<int, string> Results()
    {
        var data = new TheoryData<int, string>();
        for (int batch = 0; batch < TorchGolden.All.Count; batch++)
        {
            foreach (string key in TorchGolden.All[batch].Keys)
                data.Add(batch, key);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Results))]
    public void EveryResultHolds(int batch, string key)
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.All[batch];
        switch (key.Split('/'))
        {
            case ["pml", "miner", var kind, var distance]:
                AssertTriplets(TripletMiner.BatchAll(Labels(golden), Points(golden), golden.Margin, Kind(kind), Named(distance)), golden.Triplets(key));
                break;
            case ["pml", "batch_hard", var distance]:
                AssertTriplets(TripletMiner.BatchHard(Labels(golden), Points(golden), Named(distance)), golden.Triplets(key));
                break;
            case ["pml", "batch_all", var divisor, var distance]:
                AssertLoss(golden, key, new TripletBatchAllLoss(golden.Margin, divisor == "nonzero", Named(distance)));
                break;
            case ["st", var name, var distance]:
                AssertLoss(golden, key, SentenceTransformers(name, golden.Margin, Named(distance)));
                break;
            default:
                AssertExplicit(golden, key);
                break;
        }
    }

    [Fact]
    public void NoResultIsSkipped()
    {
        TorchGolden.All.Should().HaveCount(8);
        string[] keys = [.. TorchGolden.All.SelectMany(golden => golden.Keys)];
        keys.Should().HaveCount(8 * 24);
        keys.Count(key => key.StartsWith("pml/miner/", StringComparison.Ordinal)).Should().Be(64);
        keys.Count(key => key.StartsWith("pml/batch_all/", StringComparison.Ordinal)).Should().Be(32);
        keys.Count(key => key.StartsWith("pml/batch_hard/", StringComparison.Ordinal)).Should().Be(16);
        keys.Count(key => key.StartsWith("st/", StringComparison.Ordinal)).Should().Be(64);
        keys.Count(key => key.StartsWith("torch/explicit/", StringComparison.Ordinal)).Should().Be(16);
    }

    private static Loss SentenceTransformers(string name, double margin, Distance distance) => name switch
    {
        "semihard" => new TripletSemiHardLoss(margin, distance),
        "hard" => new TripletHardLoss(margin, soft: false, distance),
        "hard_soft" => new TripletHardLoss(margin, soft: true, distance),
        "all" => new TripletBatchAllLoss(margin, activeOnly: true, distance),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static TripletKind Kind(string name) => name switch
    {
        "semihard" => TripletKind.SemiHard,
        "hard" => TripletKind.Hard,
        "easy" => TripletKind.Easy,
        "all" => TripletKind.Violating,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static Distance Named(string name) => DistancesUnderTest.Of(OracleDistance.Named(name));

    private static Tensor Labels(TorchGolden golden) => tensor(golden.Batch.Labels);

    private static Tensor Points(TorchGolden golden) => golden.Batch.EmbeddingsTensor();

    private static void AssertTriplets(TripletIndices found, long[][] expected) =>
        MinedTriplets.Of(found).Should().BeEquivalentTo(expected.Select(MinedTriplets.Of), options => options.WithStrictOrdering());

    private static void AssertLoss(TorchGolden golden, string key, Loss loss)
    {
        var (expected, gradient) = golden.Loss(key);
        // float64 for the tensor kernel, float32 for the SIMD kernel where there is one.
        foreach (var type in new[] { float32, float64 })
        {
            var embeddings = golden.Batch.EmbeddingsTensor(type);
            var value = loss.Call(Labels(golden), embeddings);
            value.backward();
            TensorNumbers.Of(value)[0].Should().BeApproximately(expected, 1e-5 * Math.Abs(expected));
            double[] found = TensorNumbers.GradientOf(embeddings);
            double tolerance = 1e-4 * gradient.Max(Math.Abs);
            for (int i = 0; i < found.Length; i++)
                found[i].Should().BeApproximately(gradient[i], tolerance, "of entry {0}", i);
        }
    }

    private static void AssertExplicit(TorchGolden golden, string key)
    {
        var (rows, expected) = golden.Explicit(key);
        var points = Points(golden);
        var hinges = TripletFunctions.Hinge(
            points.narrow(0, 0, rows), points.narrow(0, rows, rows), points.narrow(0, 2 * rows, rows), golden.Margin,
            Distance.Euclidean, swap: key.EndsWith("=True", StringComparison.Ordinal));
        double[] found = TensorNumbers.Of(hinges);
        found.Should().HaveCount(rows);
        for (int i = 0; i < rows; i++)
            found[i].Should().BeApproximately(expected[i], 1e-5 * expected[i]);
    }
}
