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

    public NaiveRetrieval LeaveOneOut(bool cosine = false) => new(Labels, Labels, Distance(cosine), (query, reference) => query == reference);

    public NaiveRetrieval QueryAgainstGallery(int split, bool cosine = false) => new(
        Labels[..split], Labels[split..], (query, reference) => Distance(cosine)(query, split + reference), (_, _) => false);

    public override string ToString() => $"{(OnGrid ? "grid" : "anywhere")}, dim {Dim}, labels [{string.Join(", ", Labels)}]";

    public Func<int, int, double> Distance(bool cosine) => (first, second) => cosine
        ? NaiveDistance.Cosine(Points, Dim, first, Points, second)
        : NaiveDistance.Squared(Points, Dim, first, Points, second);
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
