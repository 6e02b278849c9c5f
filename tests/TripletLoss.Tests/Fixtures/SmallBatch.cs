using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Batches for tests that only need some batch.</summary>
internal static class SmallBatch
{
    public static Tensor Labels() => tensor(new long[] { 0, 0, 1, 1, 2, 0 });

    /// <summary>[6, 3], none of whose distances are equal.</summary>
    public static Tensor Embeddings(ScalarType type = ScalarType.Float32) => Points(6, 3, type);

    /// <summary>Normally distributed, always the same.</summary>
    public static Tensor Points(int rows, int columns, ScalarType type = ScalarType.Float32, int seed = 5)
    {
        using var scope = NewDisposeScope();
        double[] values = PointCloud.Gaussian.Scatter(new Random(seed), rows, columns);
        return TensorNumbers.ToTensor(values, rows, columns).to_type(type).detach().requires_grad_().MoveToOuterDisposeScope();
    }

    /// <summary>Every loss of the library, with a distance and a reduction.</summary>
    public static IEnumerable<Loss> Losses(Distance? distance = null, LossReduction reduction = LossReduction.SumOverBatchSize) =>
    [
        new TripletSemiHardLoss(1, distance, reduction),
        new TripletHardLoss(1, soft: false, distance, reduction),
        new TripletHardLoss(1, soft: true, distance, reduction),
        new TripletBatchAllLoss(1, activeOnly: true, distance, reduction),
        new TripletBatchAllLoss(1, activeOnly: false, distance, reduction),
    ];

    /// <summary>The kinds of losses, for theories.</summary>
    public static TheoryData<string> Kinds { get; } = [.. LossUnderTest.Kinds];

    public static Loss Loss(string kind, Distance? distance = null, LossReduction reduction = LossReduction.SumOverBatchSize) =>
        Losses(distance, reduction).ElementAt(LossUnderTest.Kinds.ToList().IndexOf(kind));
}
