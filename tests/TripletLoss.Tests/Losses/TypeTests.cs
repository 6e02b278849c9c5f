using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The loss has the computing type, the gradient the embeddings'; on every device there is.</summary>
public class TypeTests
{
    [Theory]
    [MemberData(nameof(TypeMatrix.FloatsOnDevices), MemberType = typeof(TypeMatrix))]
    public void ResultsHaveTheirTypesAndDevice(ScalarType type, string deviceName)
    {
        if (!TypeMatrix.IsThere(deviceName))
            return;
        using var scope = NewDisposeScope();
        var labels = SmallBatch.Labels().to(device(deviceName));
        var computing = type == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        foreach (var loss in SmallBatch.Losses().Concat(SmallBatch.Losses(Distance.Cosine, LossReduction.None)))
        {
            var points = SmallBatch.Embeddings(type).detach().to(device(deviceName)).requires_grad_();
            var value = loss.Call(labels, points);
            value.sum().backward();
            value.dtype.Should().Be(computing);
            points.grad!.dtype.Should().Be(type);
            value.device.ToString().Should().Be(points.device.ToString());
            points.grad!.device.ToString().Should().Be(points.device.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(TypeMatrix.Labels), MemberType = typeof(TypeMatrix))]
    public void LabelsOfAnyIntegerTypeMeanTheSame(ScalarType type)
    {
        using var scope = NewDisposeScope();
        double[] expected = TensorNumbers.Of(new TripletSemiHardLoss().Call(SmallBatch.Labels(), SmallBatch.Embeddings()));
        TensorNumbers.Of(new TripletSemiHardLoss().Call(SmallBatch.Labels().to_type(type), SmallBatch.Embeddings())).Should().Equal(expected);
        TensorNumbers.Of(new TripletSemiHardLoss().Call(SmallBatch.Labels().to_type(type).reshape(6, 1), SmallBatch.Embeddings())).Should().Equal(expected);
    }

    [Fact]
    public void LabelsThatAreOneNumberOnceCastToAFloatAreTwo()
    {
        using var scope = NewDisposeScope();
        const long Large = (1L << 53) + 1;
        double[] expected = TensorNumbers.Of(new TripletHardLoss().Call(tensor(new long[] { 0, 1, 0, 1, 1, 0 }), SmallBatch.Embeddings()));
        TensorNumbers.Of(new TripletHardLoss().Call(tensor(new[] { Large - 1, Large, Large - 1, Large, Large, Large - 1 }), SmallBatch.Embeddings()))
            .Should().Equal(expected);
    }

    [Fact]
    public void LabelsOnAnotherDeviceAreAnErrorThatSaysSo()
    {
        using var scope = NewDisposeScope();
        FluentActions.Invoking(() => new TripletSemiHardLoss().Call(SmallBatch.Labels(), SmallBatch.Embeddings().to(device("meta"))))
            .Should().Throw<ArgumentException>().Which.Message.Should().StartWith("yTrue is on cpu but yPred is on meta");
    }
}
