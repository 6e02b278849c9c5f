using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Where no gradient is wanted, none is computed, and the value is the same.</summary>
public class GradientModeTests
{
    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void UnderNoGradThereIsNone(string kind) => AssertNone(kind, wantGradient: true, no_grad);

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void InInferenceModeThereIsNone(string kind) => AssertNone(kind, wantGradient: true, () => inference_mode());

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void ForEmbeddingsThatWantNoneThereIsNone(string kind) => AssertNone(kind, wantGradient: false, () => enable_grad());

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void DetachedReferencesGetNone(string kind)
    {
        using var scope = NewDisposeScope();
        var (points, references) = (SmallBatch.Embeddings(), SmallBatch.Points(7, 3, seed: 8).detach());
        var set = new ReferenceSet(tensor(new long[] { 0, 1, 2, 0, 1, 2, 3 }), references);
        SmallBatch.Loss(kind).Call(SmallBatch.Labels(), points, set).backward();
        TensorNumbers.GradientOf(points).Should().Contain(entry => entry != 0);
        (references.grad is null).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void DetachedAnchorsLeaveTheirsToTheReferences(string kind)
    {
        using var scope = NewDisposeScope();
        var references = SmallBatch.Points(7, 3, seed: 8);
        var set = new ReferenceSet(tensor(new long[] { 0, 1, 2, 0, 1, 2, 3 }), references);
        SmallBatch.Loss(kind).Call(SmallBatch.Labels(), SmallBatch.Embeddings().detach(), set).backward();
        TensorNumbers.GradientOf(references).Should().Contain(entry => entry != 0);
    }

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void WeightsThatWantOneGetItThoughTheEmbeddingsDoNot(string kind)
    {
        using var scope = NewDisposeScope();
        var weights = ones(6).requires_grad_();
        SmallBatch.Loss(kind, reduction: LossReduction.Sum).Call(SmallBatch.Labels(), SmallBatch.Embeddings().detach(), weights).backward();
        var losses = SmallBatch.Loss(kind, reduction: LossReduction.None).Call(SmallBatch.Labels(), SmallBatch.Embeddings().detach());
        // Two kernels computed the two: they agree to float32's rounding.
        foreach (var (slope, expected) in TensorNumbers.GradientOf(weights).Zip(TensorNumbers.Of(losses)))
            slope.Should().BeApproximately(expected, 1e-6 * (1 + expected));
    }

    [Fact]
    public void TheGradientReachesWhatTheEmbeddingsWereMadeOf()
    {
        using var scope = NewDisposeScope();
        var (points, doubled) = (SmallBatch.Embeddings(), SmallBatch.Embeddings());
        new TripletSemiHardLoss().Call(SmallBatch.Labels(), points.Times(2)).backward();
        var direct = doubled.Times(2).detach().requires_grad_();
        new TripletSemiHardLoss().Call(SmallBatch.Labels(), direct).backward();
        TensorNumbers.GradientOf(points).Should().Equal(TensorNumbers.GradientOf(direct).Select(entry => 2 * entry));
    }

    private static void AssertNone(string kind, bool wantGradient, Func<IDisposable> mode)
    {
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            using var scope = NewDisposeScope();
            var expected = SmallBatch.Loss(kind, reduction: reduction).Call(SmallBatch.Labels(), SmallBatch.Embeddings());
            using var _ = mode();
            var value = SmallBatch.Loss(kind, reduction: reduction).Call(SmallBatch.Labels(), SmallBatch.Embeddings().detach().requires_grad_(wantGradient));
            value.requires_grad.Should().BeFalse();
            TensorNumbers.Of(value).Should().Equal(TensorNumbers.Of(expected));
        }
    }
}
