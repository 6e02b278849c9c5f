using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A call leaves its result behind and nothing else, and takes nothing from its caller.</summary>
public class LifetimeTests
{
    [Fact]
    public void TenThousandCallsWithBackwardLeaveNothing()
    {
        using var labels = SmallBatch.Labels();
        using var points = SmallBatch.Embeddings();
        var losses = SmallBatch.Losses().Concat(SmallBatch.Losses(Distance.Cosine)).ToArray();
        Train(losses[0], labels, points);
        long before = Live();
        for (int i = 0; i < 10_000; i++)
            Train(losses[i % losses.Length], labels, points);
        Live().Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(LossMatrix.Combinations), MemberType = typeof(LossMatrix))]
    public void ACallOutsideOfAnyScopeLeavesItsResultAlone(string kind, string distance)
    {
        using var labels = SmallBatch.Labels();
        using var points = SmallBatch.Embeddings();
        using var referenceLabels = SmallBatch.Labels();
        using var references = SmallBatch.Points(6, 3, seed: 9);
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            var loss = new LossUnderTest(kind, 1, DistancesUnderTest.Named(distance)).Create(reduction);
            AssertOneMore(() => loss.Call(labels, points));
            AssertOneMore(() => loss.Call(labels, points, new ReferenceSet(referenceLabels, references)));
        }
    }

    [Fact]
    public void ACallInsideAScopeGivesItsResultToThatScope()
    {
        Tensor value;
        using (var scope = NewDisposeScope())
        {
            value = new TripletSemiHardLoss().Call(SmallBatch.Labels(), SmallBatch.Embeddings());
            value.IsInvalid.Should().BeFalse();
            scope.Contains(value).Should().BeTrue();
        }
        value.IsInvalid.Should().BeTrue();
    }

    [Fact]
    public void WhatTheCallerOwnsStaysAlive()
    {
        using var labels = SmallBatch.Labels();
        using var points = SmallBatch.Embeddings(ScalarType.Float64);
        using var copies = tensor(new long[] { 0, 1, 2, 3, 4, 5 });
        using var weights = ones(6, float64);
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            // In types that need no conversion, so that a careless view would be the caller's own tensor.
            using var value = new TripletHardLoss(reduction: reduction).Call(labels, points, new ReferenceSet(labels, points, copies), weights);
            using var mined = TripletMiner.BatchSemiHard(labels, points, references: new ReferenceSet(labels, points, copies));
        }
        new[] { labels, points, copies, weights }.Should().OnlyContain(tensor => !tensor.IsInvalid && tensor.numel() > 0);
    }

    [Fact]
    public void MinersAndFunctionsLeaveTheirResultsAlone()
    {
        using var labels = SmallBatch.Labels();
        using var points = SmallBatch.Embeddings();
        long before = Live();
        TripletMiner.BatchAll(labels, points).Dispose();
        TripletMiner.BatchHard(labels, points).Dispose();
        TripletMiner.BatchSemiHard(labels, points).Dispose();
        TripletFunctions.Hinge(points, points, points, swap: true).Dispose();
        TripletFunctions.IsKind(TripletKind.Any, points, points, points).Dispose();
        TripletFunctions.SemiHard(labels, points).Dispose();
        TripletFunctions.Hard(labels, points).Dispose();
        TripletFunctions.BatchAll(labels, points).Dispose();
        Live().Should().Be(before);
    }

    [Fact]
    public void ARefusedCallLeavesNothing()
    {
        using var labels = SmallBatch.Labels();
        using var points = SmallBatch.Embeddings();
        using var weights = ones(3);
        using var copies = tensor(new long[] { 5, 1, 2, 3, 4, 5 });
        long before = Live();
        FluentActions.Invoking(() => new TripletSemiHardLoss().Call(labels, points, weights)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new TripletSemiHardLoss().Call(labels, points, new ReferenceSet(labels, points, copies[..3]))).Should().Throw<ArgumentException>();
        Live().Should().BeLessThanOrEqualTo(before + 1);
    }

    // Of this thread: other tests run beside.
    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static void AssertOneMore(Func<Tensor> call)
    {
        long before = Live();
        var value = call();
        Live().Should().Be(before + 1);
        value.sum().Dispose();
        value.Dispose();
        Live().Should().Be(before);
    }

    private static void Train(Loss loss, Tensor labels, Tensor points)
    {
        using var value = loss.Call(labels, points);
        value.backward();
        points.grad?.Dispose();
    }
}
