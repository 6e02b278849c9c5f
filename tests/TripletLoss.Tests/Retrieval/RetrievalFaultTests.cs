using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Equal distances stay equal and nearly equal ones apart, whatever a matrix product makes of them; figures are those of sorting in float64.</summary>
public class RetrievalFaultTests
{
    private static readonly ScalarType[] Types = [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];

    [Theory]
    [InlineData(5, 17)]
    [InlineData(5, 16)]
    [InlineData(40, 3)]
    [InlineData(200, 33)]
    public void RepeatedRowsAreTies(int count, int dim)
    {
        for (int seed = 0; seed < (count > 100 ? 10 : 40); seed++)
        {
            var random = new Random(seed);
            double[][] kinds = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Normal(random, dim))];
            Agree(random, dim, [.. Enumerable.Range(0, count).SelectMany(_ => kinds[random.Next(kinds.Length)])]);
        }
    }

    [Fact]
    public void ReorderedAndMirroredDifferencesAreTies()
    {
        // All samples but the first two are as far from the first: the sums of the same squares in another order.
        using var scope = NewDisposeScope();
        var random = new Random(3);
        double[] offsets = Normal(random, 24);
        double[][] rows = [new double[24], .. Enumerable.Range(0, 60).Select(_ => Shuffled(random, offsets))];
        foreach (var type in Types)
        {
            var gallery = tensor(rows.Skip(1).SelectMany(row => row).ToArray()).reshape(60, 24).to_type(type);
            var (indices, distances) = NearestNeighbours.Search(zeros(1, 24, type), gallery, 60);
            indices.data<long>().ToArray().Should().Equal(Enumerable.Range(0, 60).Select(i => (long)i));
            distances.to_type(ScalarType.Float64).data<double>().ToArray().Distinct().Should().ContainSingle();
        }
    }

    [Fact]
    public void SortedNumbersAreRankedAsTheyStand()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            Agree(random, 1, [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble() * (seed % 2 == 0 ? 1 : 100)).Order()]);
        }
    }

    [Fact]
    public void TinyNumbersBesideOneAreToldApart()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            foreach (double tiny in (double[])[1e-3, 1e-7, 1e-20, 1e-30])
                Agree(random, 2, [.. Enumerable.Range(0, 40).Select(_ => random.Next(3) == 0 ? 1 : tiny * random.Next(-3, 4))]);
        }
    }

    [Fact]
    public void InFloat64EvenTheTiniest()
    {
        using var scope = NewDisposeScope();
        var gallery = tensor(new double[,] { { 1 }, { 4e-130 }, { 3e-130 }, { -2e-130 }, { 1e-130 } });
        var (indices, distances) = NearestNeighbours.Search(zeros(1, 1, ScalarType.Float64), gallery, 5, Distance.Euclidean);
        indices.data<long>().ToArray().Should().Equal(4, 3, 2, 1, 0);
        distances.data<double>().ToArray().Should().Equal(1e-130, 2e-130, 3e-130, 4e-130, 1);
    }

    [Fact]
    public void ParallelVectorsAreTiesOfTheCosine()
    {
        using var scope = NewDisposeScope();
        var random = new Random(5);
        double[] direction = [.. Enumerable.Range(0, 7).Select(_ => (double)random.Next(-9, 10))];
        double[] rows = [.. Enumerable.Range(1, 50).SelectMany(length => direction.Select(value => value * length))];
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.Float64])
        {
            var (indices, _) = NearestNeighbours.Search(ones(1, 7, type), tensor(rows).reshape(50, 7).to_type(type), 50, Distance.Cosine);
            indices.data<long>().ToArray().Should().Equal(Enumerable.Range(0, 50).Select(i => (long)i));
        }
    }

    private static void Agree(Random random, int dim, double[] points)
    {
        using var scope = NewDisposeScope();
        int count = points.Length / dim;
        long[] labels = [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(1 + count / 4))];
        if (labels.Distinct().Count() == count)
            return;
        foreach (var type in Types)
        {
            var embeddings = tensor(points).reshape(count, dim).to_type(type);
            double[] rounded = embeddings.to_type(ScalarType.Float64).reshape(-1).data<double>().ToArray();
            new RetrievalCase(labels, dim, rounded, OnGrid: false).LeaveOneOut().ShouldAgree(RetrievalMetrics.LeaveOneOut(tensor(labels), embeddings), 1e-12);
        }
    }

    private static double[] Normal(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

    private static double[] Shuffled(Random random, double[] values)
    {
        double[] shuffled = [.. values.Select(value => random.Next(2) == 0 ? value : -value)];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
