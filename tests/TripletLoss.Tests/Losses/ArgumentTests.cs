using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Every wrong argument is refused before any work, with the numbers.</summary>
public class ArgumentTests
{
    [Fact]
    public void SwappedArgumentsAreSaidToBeSwapped() => Refused(
        () => new TripletSemiHardLoss().Call(yTrue: zeros(32, 8), yPred: zeros(32, int64)),
        "yPred must be float embeddings [batch, dim], got Int64 [32]. Did you swap yTrue and yPred?*");

    [Fact]
    public void AModuleNamesItsOwnParameters() => Refused(
        () => new TripletHardLoss().AsModule().forward(zeros(32, int64), zeros(32, 8)),
        "input must be float embeddings [batch, dim], got Int64 [32]. Did you swap target and input?*");

    [Fact]
    public void MinersAndFunctionsNameTheirOwnParameters()
    {
        const string Message = "embeddings must be float embeddings [batch, dim], got Int64 [3]. Did you swap labels and embeddings?*";
        var (labels, embeddings) = (zeros(3, int64), zeros(3, 2));
        Refused(() => TripletMiner.BatchSemiHard(embeddings, labels), Message);
        Refused(() => TripletMiner.BatchHard(embeddings, labels), Message);
        Refused(() => TripletMiner.BatchAll(embeddings, labels), Message);
        Refused(() => TripletFunctions.SemiHard(embeddings, labels), Message);
        Refused(() => TripletFunctions.Hard(embeddings, labels), Message);
        Refused(() => TripletFunctions.BatchAll(embeddings, labels), Message);
    }

    [Fact]
    public void FloatLabelsAreRefused() => Refused(
        () => Call(zeros(4), zeros(4, 2)), "yTrue must be integer labels [batch] or [batch, 1], got Float32 [4].*");

    [Fact]
    public void BoolLabelsAreRefused() => Refused(
        () => Call(zeros(4, ScalarType.Bool), zeros(4, 2)), "yTrue must be integer labels [batch] or [batch, 1], got Bool [4].*");

    [Fact]
    public void ComplexAndIntegerEmbeddingsAreRefused()
    {
        Refused(() => Call(zeros(4, int64), zeros(4, 2, int32)), "yPred must be float embeddings [batch, dim], got Int32 [4, 2].*");
        Refused(() => Call(zeros(4, int64), zeros(4, 2, complex64)), "yPred must be float embeddings [batch, dim], got ComplexFloat32 [4, 2].*");
    }

    [Theory]
    [InlineData(new long[] { }, "[]")]
    [InlineData(new long[] { 4 }, "[4]")]
    [InlineData(new long[] { 4, 2, 2 }, "[4, 2, 2]")]
    public void EmbeddingsOfAWrongRankAreRefused(long[] shape, string printed) => Refused(
        () => Call(zeros(4, int64), zeros(shape)), $"yPred must be float embeddings [batch, dim], got Float32 {printed}.*");

    [Theory]
    [InlineData(new long[] { }, "[]")]
    [InlineData(new long[] { 4, 2 }, "[4, 2]")]
    [InlineData(new long[] { 1, 4 }, "[1, 4]")]
    [InlineData(new long[] { 4, 1, 1 }, "[4, 1, 1]")]
    public void LabelsOfAWrongShapeAreRefused(long[] shape, string printed) => Refused(
        () => Call(zeros(shape, int64), zeros(4, 2)), $"yTrue must be integer labels [batch] or [batch, 1], got Int64 {printed}.*");

    [Fact]
    public void EmbeddingsWithoutADimensionAreRefused() => Refused(
        () => Call(zeros(4, int64), zeros(4, 0)), "yPred must have at least one dimension, got Float32 [4, 0].*");

    [Fact]
    public void SizesThatDifferAreRefused() => Refused(
        () => Call(zeros(5, int64), zeros(4, 2)), "yTrue and yPred must have one row per sample, got 5 labels and 4 embeddings.*");

    [Theory]
    [InlineData(new long[] { 3 }, "[3]")]
    [InlineData(new long[] { 1 }, "[1]")]
    [InlineData(new long[] { 4, 2 }, "[4, 2]")]
    [InlineData(new long[] { 1, 4 }, "[1, 4]")]
    public void WeightsOfAWrongShapeAreRefused(long[] shape, string printed) => Refused(
        () => new TripletSemiHardLoss().Call(zeros(4, int64), zeros(4, 2), ones(shape)),
        $"sampleWeight must be a scalar, [4] or [4, 1]: one weight per anchor, got Float32 {printed}.*");

    [Fact]
    public void NullsAreRefusedByName()
    {
        FluentActions.Invoking(() => Call(null!, zeros(4, 2))).Should().Throw<ArgumentNullException>().WithParameterName("yTrue");
        FluentActions.Invoking(() => Call(zeros(4, int64), null!)).Should().Throw<ArgumentNullException>().WithParameterName("yPred");
    }

    private static Tensor Call(Tensor labels, Tensor embeddings) => new TripletSemiHardLoss().Call(labels, embeddings);

    // The message is matched letter by letter up to the star.
    private static void Refused(Action action, string message)
    {
        using var scope = NewDisposeScope();
        string expected = message.TrimEnd('*');
        action.Should().Throw<ArgumentException>().Which.Message.Should().StartWith(expected);
    }
}
