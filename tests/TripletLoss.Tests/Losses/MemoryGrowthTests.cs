using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A thousand calls take no more memory than a hundred, on every way through the kernels.</summary>
[Collection(nameof(WholeProcess))]
public class MemoryGrowthTests
{
    private const int Batch = 192;

    [Theory]
    [InlineData(ScalarType.Float32, "squared-L2", LossReduction.SumOverBatchSize, false, 48)]
    [InlineData(ScalarType.Float64, "squared-L2", LossReduction.SumOverBatchSize, false, 48)]
    [InlineData(ScalarType.Float16, "squared-L2", LossReduction.SumOverBatchSize, false, 48)]
    [InlineData(ScalarType.Float32, "angular", LossReduction.SumOverBatchSize, false, 48)]
    [InlineData(ScalarType.Float32, "squared-L2", LossReduction.SumOverBatchSize, true, 48)]
    [InlineData(ScalarType.Float32, "L2", LossReduction.None, false, 48)]
    [InlineData(ScalarType.Float32, "L2", LossReduction.None, false, 2)]
    public void ItStaysFlat(ScalarType type, string distance, LossReduction reduction, bool hasWeights, int classes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "resident memory is read from /proc");
        using var scope = NewDisposeScope();
        var labels = tensor(Enumerable.Range(0, Batch).Select(i => (long)(i % classes)).ToArray());
        var points = SmallBatch.Points(Batch, 64, type);
        var weights = hasWeights ? ones(Batch) : null;
        var losses = SmallBatch.Losses(OracleDistance.Named(distance) is var oracle ? DistancesUnderTest.Of(oracle) : null, reduction).ToArray();
        Repeat(100);
        long before = ResidentMebibytes();
        Repeat(1000);
        (ResidentMebibytes() - before).Should().BeLessThan(24);

        void Repeat(int calls)
        {
            for (int call = 0; call < calls; call++)
            {
                using var step = NewDisposeScope();
                losses[call % losses.Length].Call(labels, points, weights).sum().backward();
                points.grad!.zero_();
            }
        }
    }

    private static long ResidentMebibytes() =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024;
}
