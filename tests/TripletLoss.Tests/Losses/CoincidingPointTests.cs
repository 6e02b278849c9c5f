using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>
/// Points that coincide tie exactly, wherever they stand in a matrix product and however they lie in memory: the oracle's own choice, and no hinge beside 0.
/// </summary>
public class CoincidingPointTests
{
    private const int CasesEach = 12;

    public static TheoryData<string, string> Combinations() => LossMatrix.With(OracleDistance.Catalogue.Select(distance => distance.Name));

    [Theory]
    [MemberData(nameof(Combinations))]
    public void AreOne(string kind, string distance)
    {
        for (int seed = 0; seed < CasesEach; seed++)
        {
            // A margin of 0 makes every tie a hinge of exactly 0.
            AssertEqualsOracle(new LossUnderTest(kind, seed % 3, DistancesUnderTest.Named(distance)), new Random(seed), hasReferences: seed % 4 == 3);
        }
    }

    private static void AssertEqualsOracle(LossUnderTest loss, Random random, bool hasReferences)
    {
        using var scope = NewDisposeScope();
        int dim = random.Next(1, 200);
        double[][] places = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, dim).Select(_ => (double)(random.NextSingle() - 0.5f)).ToArray())];
        var (labels, points) = Scatter(random, places);
        var (otherLabels, others) = Scatter(random, places);
        var batch = hasReferences ? OracleBatch.Of(labels, points, otherLabels, others, null) : OracleBatch.Of(labels, points);
        var expected = loss.Oracle.Evaluate(new OracleProblem(batch, loss.Distance));
        var gradient = OracleGradient.Of(expected, [.. labels.Select(_ => 1.0)]);
        foreach (var type in new[] { float32, float64 })
        {
            foreach (var reduction in new[] { LossReduction.Sum, LossReduction.None })
            {
                var embeddings = ToTensor(points, type).requires_grad_();
                var value = hasReferences
                    ? loss.Create(reduction).Call(tensor(labels), embeddings, new ReferenceSet(tensor(otherLabels), ToTensor(others, type)))
                    : loss.Create(reduction).Call(tensor(labels), embeddings);
                value.sum().backward();
                TensorNumbers.Of(value.sum())[0].Should().BeApproximately(expected.Losses.Sum(), 1e-6 * expected.Scale.Sum());
                double[] found = TensorNumbers.GradientOf(embeddings);
                double[] wanted = [.. gradient.Anchors.SelectMany(row => row)];
                found.Zip(wanted, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThanOrEqualTo(1e-5 * gradient.Scale + 1e-13, "{0} {1}", type, reduction);
            }
        }
    }

    private static (long[] Labels, double[][] Points) Scatter(Random random, double[][] places)
    {
        int count = random.Next(20, 70);
        return ([.. Enumerable.Range(0, count).Select(_ => (long)random.Next(3))], [.. Enumerable.Range(0, count).Select(_ => places[random.Next(places.Length)])]);
    }

    private static Tensor ToTensor(double[][] points, ScalarType type) =>
        TensorLayout.Transposed.Lay(TensorNumbers.ToTensor([.. points.SelectMany(row => row)], points.Length, points[0].Length).to_type(type));
}
