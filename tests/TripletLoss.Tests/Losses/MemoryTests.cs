using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Memory does not grow with the square of the batch.</summary>
[Collection(nameof(WholeProcess))]
public class MemoryTests
{
    // The distances alone would take 128 MiB, and a loss makes a dozen matrices of their size.
    private const int Batch = 4096;

    [Theory]
    [InlineData(2)]
    [InlineData(Batch / 4)]
    public void ALargeBatchTakesNoMatrixOfItsSquare(int classes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var scope = NewDisposeScope();
        var labels = Arithmetic.Cycle(Batch, classes);
        var points = SmallBatch.Points(Batch, 8);
        foreach (var loss in new Loss[] { new TripletSemiHardLoss(), new TripletHardLoss(), new TripletBatchAllLoss() })
        {
            // Makes the peak what is held now.
            File.WriteAllText("/proc/self/clear_refs", "5");
            long before = MiB("VmRSS:");
            loss.Call(labels, points).backward();
            (MiB("VmHWM:") - before).Should().BeLessThan(110, "of {0}", loss.Name);
        }
    }

    [Fact]
    public void ManyOfTwoClassesTakeNoMatrixOfTheirSquare()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var scope = NewDisposeScope();
        var labels = Arithmetic.Cycle(10_000, 2);
        var points = SmallBatch.Points(10_000, 8);
        foreach (var loss in SmallBatch.Losses())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            long before = MiB("VmRSS:");
            loss.Call(labels, points).backward();
            // One matrix of distances would take 381 MiB.
            (MiB("VmHWM:") - before).Should().BeLessThan(256, "of {0}", loss.Name);
        }
    }

    [Fact]
    public void FourPointsOfAMillionDimensionsTakeAFewTimesTheirMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var scope = NewDisposeScope();
        const int Dimension = 4_000_000;
        var labels = tensor(new long[] { 0, 0, 1, 1 });
        var points = rand(4, Dimension).requires_grad_();
        foreach (var loss in SmallBatch.Losses())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            long before = MiB("VmRSS:");
            loss.Call(labels, points).backward();
            points.grad!.zero_();
            // The points themselves are 61 MiB.
            (MiB("VmHWM:") - before).Should().BeLessThan(10 * 61, "of {0}", loss.Name);
        }
    }

    private static long MiB(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024;
    }
}
