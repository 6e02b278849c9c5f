using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Embeddings of which many are the same, or nearly: figures are those of sorting in float64, and an exact distance is computed once for all that are the same.</summary>
public class IdenticalRowTests
{
    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float64];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1e-6)]
    [InlineData(2, 1e-3)]
    [InlineData(3, 0)]
    [InlineData(20, 0)]
    [InlineData(20, 1e-7)]
    public void FiguresAreThoseOfSorting(int points, double spread)
    {
        using var scope = NewDisposeScope();
        foreach (int classes in (int[])[1, 3, 40, 120])
        {
            var random = new Random(points + classes);
            const int Count = 241, Dim = 9;
            double[][] kinds = [.. Enumerable.Range(0, points).Select(_ => Row(random, Dim, 10))];
            double[] rows = [.. Enumerable.Range(0, Count).SelectMany(_ => kinds[random.Next(points)].Zip(Row(random, Dim, spread), (x, y) => x + y))];
            long[] labels = [.. Enumerable.Range(0, Count).Select(_ => (long)random.Next(classes))];
            foreach (var type in Types)
            {
                var embeddings = tensor(rows).reshape(Count, Dim).to_type(type);
                double[] rounded = embeddings.to_type(ScalarType.Float64).reshape(-1).data<double>().ToArray();
                new RetrievalCase(labels, Dim, rounded, OnGrid: false).LeaveOneOut()
                    .ShouldAgree(RetrievalMetrics.LeaveOneOut(tensor(labels), embeddings), 1e-12);
            }
        }
    }

    [Fact]
    public void NeighboursAmongCopiesComeInTheirOrder()
    {
        using var scope = NewDisposeScope();
        foreach (var type in Types)
        {
            var gallery = ones(300, 5, type);
            var (indices, distances) = NearestNeighbours.Search(gallery, gallery, 3, selfIndices: Numbers.Range(300, CPU));
            indices[0].data<long>().ToArray().Should().Equal(1, 2, 3);
            indices[299].data<long>().ToArray().Should().Equal(0, 1, 2);
            distances.to_type(ScalarType.Float64).data<double>().ToArray().Should().AllBeEquivalentTo(0.0);
        }
    }

    [Fact]
    public void AnExactDistanceIsComputedOnceForAllThatAreTheSame()
    {
        // Three points, and bounds that leave everything open.
        double[] distances = [.. Enumerable.Range(0, 90).Select(i => (double)(i % 3))];
        int[] firstSame = [.. Enumerable.Range(0, 90).Select(i => i % 3)];
        int[] ranked = [.. Enumerable.Range(0, 30)], ranks = new int[30];
        Asked<float>(bounds => new RankHistogram(Read(bounds)).Rank(ranked, ranks)).Should().Be(3);
        Asked<float>(bounds => new RowCounter<float>(Read(bounds)).TryRank(ranked[..4], ranks)).Should().Be(3);
        Asked<double>(bounds => new RowSorter(Read(bounds)).Order()).Should().Be(3);
        Asked<double>(bounds => new RowNeighbours<double>(bounds, 10).Find(0, -1)).Should().Be(3);

        int Asked<T>(Action<GivenBounds<T>> call)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            var bounds = new GivenBounds<T>(distances, [.. distances.Select(_ => 5.0)], firstSame);
            call(bounds);
            return bounds.Asked;
        }
    }

    [Fact]
    public void RowsAreTheSameToTheLastBit()
    {
        using var scope = NewDisposeScope();
        IdenticalRows.FirstOfEach(tensor(new double[,] { { 1, 2 }, { 1, double.BitIncrement(2) }, { 2, 1 }, { 0, 0 } })).Should().BeNull();
        IdenticalRows.FirstOfEach(tensor(new double[,] { { 1, 2 }, { 3, 4 }, { 1, 2 }, { 3, 4 }, { 1, 2 }, { 4, 3 } })).Should().Equal(0, 1, 0, 1, 0, 5);
        IdenticalRows.FirstOfEach(zeros(3, 0, ScalarType.Float64)).Should().Equal(0, 0, 0);
    }

    private static BoundedRow<T> Read<T>(GivenBounds<T> bounds)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var row = new BoundedRow<T>(bounds);
        row.Read(0);
        return row;
    }

    private static double[] Row(Random random, int dim, double scale) => [.. Enumerable.Range(0, dim).Select(_ => scale * (random.NextDouble() - 0.5))];
}
