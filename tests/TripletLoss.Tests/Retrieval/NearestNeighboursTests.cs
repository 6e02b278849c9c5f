using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The search against sorting all distances in plain C#.</summary>
[Properties(Arbitrary = [typeof(RetrievalCases)], MaxTest = 150)]
public class NearestNeighboursTests
{
    [Fact]
    public void TheExampleOfTheDocumentationHolds()
    {
        using var scope = NewDisposeScope();
        var gallery = tensor(new float[,] { { 0 }, { 10 }, { 4 } });
        var (indices, distances) = NearestNeighbours.Search(tensor(new float[,] { { 1 } }), gallery, k: 2, Distance.Euclidean);
        indices.data<long>().ToArray().Should().Equal(0, 2);
        distances.data<float>().ToArray().Should().Equal(1, 3);
        indices.shape.Should().Equal(1, 2);
        distances.shape.Should().Equal(1, 2);
    }

    [Property]
    public void EveryTypeAndDistanceFindsWhatSortingFinds(RetrievalCase @case, byte nearest, byte firsts)
    {
        using var scope = NewDisposeScope();
        int count = @case.Labels.Length, dim = @case.Dim, queries = Math.Min(count, firsts % 40), k = 1 + nearest % 20;
        long[] selves = [.. Enumerable.Range(0, queries).Select(query => query % 3 == 0 ? -1L : query)];
        foreach (var type in TypeMatrix.Floats)
        {
            var embeddings = @case.Embeddings(type);
            double[] rounded = embeddings.to_type(ScalarType.Float64).reshape(-1).data<double>().ToArray();
            // The cosine's naive sums tell equal directions apart, and there are some on a grid, in one dimension and among numbers of few digits.
            bool hasEqualDirections = @case.OnGrid || dim == 1 || type is ScalarType.Float16 or ScalarType.BFloat16;
            foreach (var (distance, expected) in Distances(rounded, dim).SkipLast(hasEqualDirections ? 1 : 0))
            {
                var (indices, distances) = NearestNeighbours.Search(embeddings.narrow(0, 0, queries), embeddings, k, distance, tensor(selves));
                indices.shape.Should().Equal(queries, k);
                distances.dtype.Should().Be(type == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
                for (int query = 0; query < queries; query++)
                {
                    int[] order = [.. Enumerable.Range(0, count).Where(reference => reference != selves[query])
                        .OrderBy(reference => expected(query, reference)).ThenBy(reference => reference).Take(k)];
                    long[] found = indices[query].data<long>().ToArray();
                    double[] far = distances[query].to_type(ScalarType.Float64).data<double>().ToArray();
                    found.Should().Equal([.. order.Select(reference => (long)reference), .. Enumerable.Repeat(-1L, k - order.Length)]);
                    for (int i = 0; i < k; i++)
                    {
                        double right = i < order.Length ? expected(query, order[i]) : double.PositiveInfinity;
                        (far[i] == right || Math.Abs(far[i] - right) <= (type == ScalarType.Float64 ? 1e-12 : 1e-7) * Math.Max(right, distance == Distance.Cosine ? 1 : 0))
                            .Should().BeTrue("{0} is {1}", far[i], right);
                    }
                }
            }
        }
    }

    [Fact]
    public void EmptySetsHaveNoNeighbours()
    {
        using var scope = NewDisposeScope();
        var (indices, distances) = NearestNeighbours.Search(rand(2, 3), rand(0, 3), 2);
        indices.data<long>().ToArray().Should().Equal(-1, -1, -1, -1);
        distances.data<float>().ToArray().Should().OnlyContain(distance => float.IsPositiveInfinity(distance));
        NearestNeighbours.Search(rand(0, 3), rand(5, 3), 2).Indices.shape.Should().Equal(0, 2);
    }

    [Theory]
    [InlineData(1e30, ScalarType.Float32)]
    [InlineData(1e-30, ScalarType.Float32)]
    [InlineData(1e300, ScalarType.Float64)]
    [InlineData(1e-300, ScalarType.Float64)]
    public void DistancesAreRightAtAnyScale(double size, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var gallery = tensor(new double[,] { { 3 * size, 0 }, { 3 * size, 4 * size }, { 0, -size } }).to_type(type);
        var (indices, distances) = NearestNeighbours.Search(zeros(1, 2, type), gallery, 3, Distance.Euclidean);
        indices.data<long>().ToArray().Should().Equal(2, 0, 1);
        double[] found = distances.to_type(ScalarType.Float64).data<double>().ToArray();
        double[] expected = [size, 3 * size, 5 * size];
        for (int i = 0; i < 3; i++)
            (found[i] / expected[i]).Should().BeApproximately(1, 1e-7);
    }

    [Fact]
    public void ManyNeighboursOfManyAreFoundInTiles()
    {
        using var scope = NewDisposeScope();
        var random = new Random(1);
        float[] points = [.. Enumerable.Range(0, 3000 * 3).Select(_ => random.NextSingle())];
        double[] exact = [.. points.Select(value => (double)value)];
        var shares = new List<double>();
        var embeddings = tensor(points).reshape(3000, 3);
        var (indices, _) = NearestNeighbours.Search(embeddings, embeddings, 300, progress: new Listed(shares));
        shares.Should().HaveCountGreaterThan(1).And.BeInAscendingOrder();
        shares[^1].Should().Be(1);
        foreach (int query in (int[])[0, 1, 1500, 2999])
        {
            indices[query].data<long>().ToArray().Should().Equal(Enumerable.Range(0, 3000)
                .OrderBy(reference => NaiveDistance.Squared(exact, 3, query, exact, reference)).ThenBy(reference => reference).Take(300).Select(reference => (long)reference));
        }
    }

    [Fact]
    public void WhatIsWrongIsRefused()
    {
        using var scope = NewDisposeScope();
        var points = rand(4, 2);
        Refused(() => NearestNeighbours.Search(points, points, 0), "k", "*");
        Refused(() => NearestNeighbours.Search(points, points, 1_000_000_000), "k", "k must be at most 536870897 for 4 queries*got 1000000000.*");
        Refused(() => NearestNeighbours.Search(null!, points, 1), "queries", "*");
        Refused(() => NearestNeighbours.Search(points, null!, 1), "gallery", "*");
        Refused(() => NearestNeighbours.Search(Arithmetic.Count(4), points, 1), "queries", "queries must be float embeddings*got Int64 [4].*");
        Refused(() => NearestNeighbours.Search(points, rand(4, 3), 1), "gallery", "gallery must have the dim of queries, 2, got Float32 [4, 3].*");
        Refused(() => NearestNeighbours.Search(points, points, 1, selfIndices: tensor(new long[] { 0, 1, 2, 9 })), "selfIndices", "*got 9 for query 3*");
        Refused(() => NearestNeighbours.Search(points, points / zeros(1), 1), "gallery", "gallery must be finite*");
        using var source = new CancellationTokenSource();
        source.Cancel();
        var cancelled = () => NearestNeighbours.Search(points, points, 1, cancellationToken: source.Token);
        cancelled.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void OnlyTheResultsAreLeft()
    {
        using var scope = NewDisposeScope();
        var points = rand(20, 4).requires_grad_();
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        foreach (var distance in (Distance[])[Distance.SquaredEuclidean, Distance.Cosine, Distance.Create((x, y) => cdist(x, y))])
        {
            var (indices, distances) = NearestNeighbours.Search(points, points, 3, distance);
            distances.requires_grad.Should().BeFalse();
            DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before + 2);
            indices.Dispose();
            distances.Dispose();
        }
    }

    private static IEnumerable<(Distance Distance, Func<int, int, double> Expected)> Distances(double[] points, int dim) =>
    [
        (Distance.SquaredEuclidean, (first, second) => NaiveDistance.Squared(points, dim, first, points, second)),
        (Distance.Euclidean, (first, second) => Math.Sqrt(NaiveDistance.Squared(points, dim, first, points, second))),
        (Distance.Cosine, (first, second) => NaiveDistance.Cosine(points, dim, first, points, second)),
    ];

    private static void Refused(Func<(Tensor, Tensor)> call, string parameter, string message) =>
        call.Should().Throw<ArgumentException>().WithParameterName(parameter).WithMessage(message);

    private sealed class Listed(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
