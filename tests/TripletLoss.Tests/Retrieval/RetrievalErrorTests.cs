using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What the metrics refuse, and in which words.</summary>
public sealed class RetrievalErrorTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void ASwappedCallSaysSo()
    {
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(rand(4, 2), Arithmetic.Count(4)), "embeddings",
            "embeddings must be float embeddings [batch, dim], got Int64 [4]. Did you swap labels and embeddings?*");
        Refused<ArgumentException>(() => RetrievalMetrics.QueryAgainstGallery(Arithmetic.Count(4), rand(4, 2), rand(4, 2), Arithmetic.Count(4)), "galleryEmbeddings",
            "*Did you swap galleryLabels and galleryEmbeddings?*");
    }

    [Fact]
    public void WrongShapesAndTypesAreRefused()
    {
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(Arithmetic.Count(4), rand(4)), "embeddings", "*got Float32 [4]*");
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(Arithmetic.Count(4), rand(4, 0)), "embeddings", "*at least one dimension*");
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(Arithmetic.Count(5), rand(4, 2)), "labels", "*5 labels and 4 embeddings*");
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(rand(4), rand(4, 2)), "labels", "*got Float32 [4]*");
        Refused<ArgumentException>(() => RetrievalMetrics.QueryAgainstGallery(Arithmetic.Count(4), rand(4, 2), Arithmetic.Count(3), rand(3, 5)), "galleryEmbeddings",
            "galleryEmbeddings must have the dim of queryEmbeddings, 2, got Float32 [3, 5].*");
        Refused<ArgumentNullException>(() => RetrievalMetrics.LeaveOneOut(null!, rand(4, 2)), "labels", "*");
        Refused<ArgumentNullException>(() => RetrievalMetrics.QueryAgainstGallery(Arithmetic.Count(4), rand(4, 2), Arithmetic.Count(4), null!), "galleryEmbeddings", "*");
    }

    [Fact]
    public void IndicesGroupsAndCutOffsAreChecked()
    {
        var (labels, embeddings) = (tensor(new long[] { 0, 0, 1, 1 }), rand(4, 2));
        Refused<ArgumentException>(() => Query(selfIndices: tensor(new long[] { 0, 1, 2 })), "selfIndices", "selfIndices must hold integers [4], one per query, got Int64 [3].*");
        Refused<ArgumentException>(() => Query(selfIndices: rand(4)), "selfIndices", "*got Float32 [4]*");
        Refused<ArgumentException>(() => Query(selfIndices: tensor(new long[] { 0, 1, 2, 4 })), "selfIndices",
            "selfIndices must be −1 or the index of one of 4 references, got 4 for query 3.*");
        Refused<ArgumentException>(() => Query(selfIndices: tensor(new long[] { -2, 1, 2, 3 })), "selfIndices", "*got -2 for query 0.*");
        Refused<ArgumentException>(() => Query(selfIndices: tensor(new long[] { -1, 2, 2, 3 })), "selfIndices",
            "selfIndices must point at copies, but query 1 has label 0 and reference 2 has label 1.*");
        Refused<ArgumentException>(() => Query(ignore: (labels, embeddings)), "ignore", "ignore must hold integers [4], one per reference, got Float32 [4, 2].*");
        Refused<ArgumentException>(() => Query(ignore: (zeros(3, int64), labels)), "ignore", "*one per query*");
        Refused<ArgumentNullException>(() => Query(ignore: (labels, null!)), "ignore", "*");
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(labels, embeddings, cutOffs: [5, 0]), "cutOffs", "cutOffs must be at least 1, got 0 at index 1.*");
        var report = RetrievalMetrics.LeaveOneOut(labels, embeddings, cutOffs: [2, 7]);
        var at = () => report.At(3);
        at.Should().Throw<ArgumentException>().WithParameterName("k").WithMessage("k must be one of the cut-offs, 2, 7, got 3.*");

        RetrievalReport Query(Tensor? selfIndices = null, (Tensor, Tensor)? ignore = null) =>
            RetrievalMetrics.QueryAgainstGallery(labels, embeddings, labels, embeddings, selfIndices: selfIndices, ignore: ignore);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void EmbeddingsThatAreNotFiniteAreRefusedWithTheirRow(float value)
    {
        float[] points = [1, 2, 3, 4, value, 6, 7, value];
        var (labels, embeddings) = (zeros(4, int64), tensor(points).reshape(4, 2));
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(labels, embeddings), "embeddings",
            "embeddings must be finite, but 2 of 4 rows are not; the first is row 2.*");
        Refused<ArgumentException>(() => RetrievalMetrics.QueryAgainstGallery(labels, rand(4, 2), labels, embeddings), "galleryEmbeddings",
            "galleryEmbeddings must be finite*");
    }

    [Fact]
    public void ACustomDistanceThatGivesSomethingElseIsNamed()
    {
        var labels = zeros(4, int64);
        Broken(Distance.Create((x, y) => x), "*custom*must return*[4, 4]*");
        foreach (float value in (float[])[float.NaN, float.NegativeInfinity])
            Broken(Distance.Create((x, y) => cdist(x, y) * tensor(value)), "the distance 'custom' gave NaN or −∞ for finite embeddings.");

        void Broken(Distance distance, string message)
        {
            var call = () => RetrievalMetrics.LeaveOneOut(labels, rand(4, 2), distance);
            call.Should().Throw<InvalidOperationException>().WithMessage(message);
        }
    }

    [Fact]
    public void ARecallOfNothingIsRefused()
    {
        var report = RetrievalMetrics.LeaveOneOut(zeros(4, int64), rand(4, 2));
        var recall = () => report.RecallAt(0);
        recall.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("k");
    }

    private static void Refused<TException>(Func<RetrievalReport> call, string parameter, string message)
        where TException : ArgumentException =>
        call.Should().ThrowExactly<TException>().WithParameterName(parameter).WithMessage(message);
}
