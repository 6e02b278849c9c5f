using System.Diagnostics;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

[Collection(nameof(WholeProcess))]
public class BatchAllLimitTests
{
    [Fact]
    public void TwoClassesAtB1024AreRefusedWithTheirCount()
    {
        using var scope = NewDisposeScope();
        var labels = Arithmetic.Cycle(1024, 2);
        long before = Process.GetCurrentProcess().PeakWorkingSet64;
        // 1024 anchors, 511 positives, 512 negatives.
        FluentActions.Invoking(() => TripletMiner.BatchAll(labels, SmallBatch.Points(1024, 4), kind: TripletKind.Any))
            .Should().Throw<ArgumentException>().WithMessage("*has 267,911,168 triplets of kind Any, more than the limit of 50,000,000*TripletBatchAllLoss*");
        // The triplets would take 6 GiB.
        (Process.GetCurrentProcess().PeakWorkingSet64 - before).Should().BeLessThan(1L << 30);
    }

    [Fact]
    public void TheLimitIsTheCallers()
    {
        using var scope = NewDisposeScope();
        var (labels, points) = (SmallBatch.Labels(), SmallBatch.Embeddings());
        // Three of one class, two of another, one alone: 3·2·3 + 2·1·4.
        using var triplets = TripletMiner.BatchAll(labels, points, kind: TripletKind.Any, limit: 26);
        triplets.Count.Should().Be(26);
        FluentActions.Invoking(() => TripletMiner.BatchAll(labels, points, kind: TripletKind.Any, limit: 25))
            .Should().Throw<ArgumentException>().WithMessage("the batch has 26 triplets of kind Any, more than the limit of 25.*");
    }
}
