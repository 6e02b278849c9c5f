using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The user's default device and type do not reach into the library: every tensor that it makes names its own.</summary>
[Collection(nameof(WholeProcess))]
public class DefaultDeviceTests
{
    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void LossesReportsAndMinersAreThoseOfTheEmbeddingsDevice(string kind)
    {
        using var scope = NewDisposeScope();
        foreach (var type in TypeMatrix.Floats)
        {
            var (labels, points) = (SmallBatch.Labels(), SmallBatch.Embeddings(type));
            var references = new ReferenceSet(SmallBatch.Labels(), SmallBatch.Points(6, 3, type, seed: 9));
            var copies = new ReferenceSet(labels, points.detach(), tensor(new long[] { 0, 1, 2, 3, 4, 5 }));
            var weights = ones(6);
            foreach (var reduction in Enum.GetValues<LossReduction>())
            {
                var loss = SmallBatch.Loss(kind, reduction: reduction);
                string All()
                {
                    var own = SmallBatchGradient(() => loss.Call(labels, points, weights), points);
                    var others = SmallBatchGradient(() => loss.Call(labels, points, references), points);
                    var same = SmallBatchGradient(() => loss.Call(labels, points, copies), points);
                    return $"{own} {others} {same} {loss.Inspect(labels, points)} {loss.Inspect(labels, points, references)}";
                }

                var expected = All();
                Elsewhere(All).Should().Be(expected);
            }
        }
    }

    [Fact]
    public void MinersAndFunctionsToo()
    {
        using var scope = NewDisposeScope();
        var (labels, points) = (SmallBatch.Labels(), SmallBatch.Embeddings());
        string All() => string.Join(
            ' ',
            new[]
            {
                TripletMiner.BatchSemiHard(labels, points).Negatives, TripletMiner.BatchHard(labels, points).Negatives, TripletMiner.BatchAll(labels, points).Negatives,
                TripletFunctions.Hinge(points, points, points), TripletFunctions.SemiHard(labels, points), TripletFunctions.IsKind(TripletKind.Hard, points, points, points),
            }.SelectMany(tensor => TensorNumbers.Of(tensor)));

        var expected = All();
        Elsewhere(All).Should().Be(expected);
    }

    private static string Elsewhere(Func<string> call)
    {
        set_default_device(META);
        set_default_dtype(float64);
        try
        {
            return call();
        }
        finally
        {
            set_default_device(CPU);
            set_default_dtype(float32);
        }
    }

    private static string SmallBatchGradient(Func<Tensor> call, Tensor points)
    {
        points.grad?.zero_();
        var value = call();
        value.sum().backward();
        return string.Join(' ', TensorNumbers.Of(value).Concat(TensorNumbers.GradientOf(points)));
    }
}
