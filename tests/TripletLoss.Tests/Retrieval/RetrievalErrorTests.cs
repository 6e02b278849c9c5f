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
    public void ALabelSetWhereNobodyHasAMatchIsAnErrorThatSaysSo()
    {
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(Arithmetic.Count(4), rand(4, 2)), "labels",
            "none of the 4 samples has a match: no label occurs twice in labels.*");
        Refused<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(zeros(0, int64), rand(0, 2)), "labels", "none of the 0 samples has a match*");
        Refused<ArgumentException>(() => RetrievalMetrics.QueryAgainstGallery(Arithmetic.Count(4), rand(4, 2), Arithmetic.Count(3).Plus(4), rand(3, 2)), "queryLabels",
            "none of the 4 queries has a match: no label of queryLabels occurs among the 3 of galleryLabels.*");
        Refused<ArgumentException>(() => RetrievalMetrics.QueryAgainstGallery(Arithmetic.Count(4), rand(4, 2), zeros(0, int64), rand(0, 2)), "queryLabels",
            "none of the 4 queries has a match*");
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
