using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Labelled points, on a grid of integers (with ties and duplicates, computed exactly) or anywhere.</summary>
public sealed record RetrievalCase(long[] Labels, int Dim, double[] Points, bool OnGrid)
{
    public Tensor LabelTensor => tensor(Labels);

    public Tensor Embeddings(ScalarType type = ScalarType.Float64) => tensor(Points).reshape(Labels.Length, Dim).to_type(type);

    public bool SomebodyHasAMatch => Labels.Distinct().Count() < Labels.Length;

    /// <summary>Whether two different distances from one point are so close that float32 need not tell which is smaller.</summary>
    public bool HasNearTies => Enumerable.Range(0, Labels.Length).Any(query =>
    {
        double[] distances = [.. Enumerable.Range(0, Labels.Length).Select(other => Distance(cosine: false)(query, other)).Order()];
        double tolerance = 4e-6 * Points.Max(value => value * value) * Dim;
        return distances.Zip(distances.Skip(1), (near, far) => far - near).Any(gap => gap > 0 && gap < tolerance);
    });

    public NaiveRetrieval LeaveOneOut(bool cosine = false) => new(Labels, Labels, Distance(cosine), leaveSelfOut: true);

    public NaiveRetrieval QueryAgainstGallery(int split, bool cosine = false) => new(
        Labels[..split], Labels[split..], (query, reference) => Distance(cosine)(query, split + reference), leaveSelfOut: false);

    public override string ToString() => $"{(OnGrid ? "grid" : "anywhere")}, dim {Dim}, labels [{string.Join(", ", Labels)}]";

    private Func<int, int, double> Distance(bool cosine) => (first, second) => cosine
        ? NaiveRetrieval.CosineDistance(Points, Dim, first, Points, second)
        : NaiveRetrieval.SquaredDistance(Points, Dim, first, Points, second);
}

/// <summary>Random cases of up to 260 points in few or many classes.</summary>
public static class RetrievalCases
{
    public static Arbitrary<RetrievalCase> Cases() => (
        from size in Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(2, 260))
        from classes in Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(1, size + 1))
        from labels in Gen.Choose(0, classes - 1).Select(label => label * (1L << 54) + 1).ArrayOf(size)
        from dim in Gen.Elements(1, 2, 3, 8, 9, 37)
        from onGrid in Gen.Elements(true, false)
        from range in Gen.Elements(1, 3, 50)
        from seed in Gen.Choose(0, int.MaxValue)
        select new RetrievalCase(labels, dim, Points(new Random(seed), size * dim, onGrid, range), onGrid)).ToArbitrary();

    private static double[] Points(Random random, int count, bool onGrid, int range) =>
        [.. Enumerable.Range(0, count).Select(_ => onGrid ? random.Next(-range, range + 1) : range * (random.NextDouble() - random.NextDouble()))];
}
