using static TorchSharp.torch;

namespace TripletLoss.Tests;

public class DistanceTests
{
    [Fact]
    public void TheCatalogueHasThreeUnderTheirNamesInJson() =>
        new[] { Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine }.Select(distance => distance.Name)
            .Should().Equal("squared-L2", "L2", "angular");

    [Fact]
    public void ADistanceIsRegisteredOnceUnderAName()
    {
        var mine = Distance.Register("tests-L1", (x, y) => (x.unsqueeze(1) - y).abs().sum(2));
        mine.Name.Should().Be("tests-L1");
        FluentActions.Invoking(() => Distance.Register("tests-L1", (x, y) => x)).Should().Throw<ArgumentException>()
            .WithMessage("a distance named 'tests-L1' is registered already.*");
        FluentActions.Invoking(() => Distance.Register("L2", (x, y) => x)).Should().Throw<ArgumentException>()
            .WithMessage("a distance named 'L2' is registered already.*");
        FluentActions.Invoking(() => Distance.Register(" ", (x, y) => x)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Distance.Register("nothing", null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Distance.Create(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void AFunctionThatReturnsAWrongShapeOrTypeIsRefused()
    {
        Refused((x, y) => x, "the distance 'custom' must return Float32 [*, 6] for x [*, 3] and y [6, 3], got Float32 [*, 3].");
        Refused((x, y) => (x.unsqueeze(1) - y).Squared(), "the distance 'custom' must return Float32 [*, 6]*");
        Refused((x, y) => (x.unsqueeze(1) - y).abs().sum(2).to_type(float64), "the distance 'custom' must return Float32 [*, 6]*, got Float64 [*, 6].");
        Refused((x, y) => null!, "the distance 'custom' must return Float32 [*, 6]*, got null.");
    }

    [Fact]
    public void WhatAFunctionThrowsReachesTheCaller()
    {
        using var scope = NewDisposeScope();
        FluentActions.Invoking(() => Call((x, y) => throw new NotSupportedException("mine"))).Should().Throw<NotSupportedException>().WithMessage("mine");
    }

    [Fact]
    public void ADistanceThatIsNotFiniteMakesTheLossNaN()
    {
        using var scope = NewDisposeScope();
        TensorNumbers.Of(Call((x, y) => (x.unsqueeze(1) - y).Squared().sum(2).Times(double.NaN))).Should().OnlyContain(value => double.IsNaN(value));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void NearlyParallelVectorsKeepFiveDigitsByCosine(int dimension)
    {
        const int Triplets = 20;
        for (var seed = 0; seed < 200; seed++)
        {
            using var scope = NewDisposeScope();
            var random = new Random(seed);
            // Of three vectors almost in one direction, the first two are a class, and the third, of another one, is nearer to the first.
            var points = new List<float[]>();
            for (var triplet = 0; triplet < Triplets; triplet++)
            {
                var turn = 2 * Math.PI * (triplet + (0.5 * random.NextDouble())) / Triplets;
                double[] direction = [Math.Cos(turn), Math.Sin(turn), .. Enumerable.Range(2, dimension - 2).Select(_ => random.NextDouble() - 0.5)];
                double[] across = [-Math.Sin(turn), Math.Cos(turn), .. Enumerable.Range(2, dimension - 2).Select(_ => random.NextDouble() - 0.5)];
                var far = Math.Pow(10, -3 + (1.3 * random.NextDouble()));
                foreach (var angle in new[] { 0, far, far * random.NextDouble() })
                    points.Add([.. direction.Zip(across, (x, y) => (float)(x + (angle * y)))]);
            }

            var labels = tensor([.. Enumerable.Range(0, points.Count).Select(i => (2L * (i / 3)) + (i % 3 / 2))]);
            var embeddings = tensor(points.SelectMany(point => point).ToArray(), points.Count, dimension);
            using var losses = new TripletBatchAllLoss(0, activeOnly: false, Distance.Cosine, LossReduction.None).Call(labels, embeddings);
            // The mean of the losses is that of the valid triplets: each anchor's sum times their number over that of the anchors.
            var valid = Triplets * 2.0 * (points.Count - 2);
            for (var triplet = 0; triplet < Triplets; triplet++)
            {
                double near = Between(points[3 * triplet], points[(3 * triplet) + 2]), far = Between(points[3 * triplet], points[(3 * triplet) + 1]);
                (losses[3 * triplet].item<float>() * valid / points.Count).Should().BeApproximately(far - near, 1e-5 * (far + near));
            }
        }

        static double Between(float[] x, float[] y)
        {
            double[] first = Unit(x), second = Unit(y);
            return first.Zip(second, (a, b) => (a - b) * (a - b)).Sum() / 2;
        }

        static double[] Unit(float[] x) => [.. x.Select(a => a / Math.Sqrt(x.Sum(b => (double)b * b)))];
    }

    [Fact]
    public void AZeroVectorIsExactlyAsFarFromAllByCosine()
    {
        using var scope = NewDisposeScope();
        // Directions whose length is not 1 once they are rounded.
        var references = new ReferenceSet(tensor([.. Enumerable.Range(0, 12).Select(i => i / 8L)]), SmallBatch.Points(12, 7).detach());
        var value = new TripletBatchAllLoss(0, activeOnly: false, Distance.Cosine).Call(zeros(1, int64), zeros(1, 7), references);
        value.item<float>().Should().Be(0, "a hinge of 1 − 1 is not active");
    }

    private static Tensor Call(Func<Tensor, Tensor, Tensor> matrix) =>
        new TripletHardLoss(distance: Distance.Create(matrix)).Call(SmallBatch.Labels(), SmallBatch.Embeddings());

    private static void Refused(Func<Tensor, Tensor, Tensor> matrix, string message)
    {
        using var scope = NewDisposeScope();
        FluentActions.Invoking(() => Call(matrix)).Should().Throw<InvalidOperationException>().WithMessage(message);
    }
}
