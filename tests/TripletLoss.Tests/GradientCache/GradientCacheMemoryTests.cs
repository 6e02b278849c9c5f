using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

[Collection(nameof(WholeProcess))]
public sealed class GradientCacheMemoryTests(ITestOutputHelper output)
{
    private const long ChunkBytes = 1024 * 4096 * sizeof(float);

    [Fact]
    public void Memory_is_that_of_one_chunk()
    {
        if (LiveBytes() is null)
        {
            output.WriteLine("Skipped: this C library does not tell what is allocated (glibc 2.33 and later do).");
            return;
        }
        using var scope = NewDisposeScope();
        using var first = randn(8, 4096).requires_grad_();
        using var second = randn(4096, 4).requires_grad_();
        var most = 0L;
        var cache = new GradientCache(
            x =>
            {
                // The graph of a chunk keeps a tensor [1024, 4096] of 16 MiB.
                var embeddings = x.mm(first).tanh().mm(second);
                most = Math.Max(most, LiveBytes()!.Value);
                return embeddings;
            },
            (_, embeddings, _) => embeddings.Squared().sum(), 1024);
        var ofOneChunk = Most(1);
        var ofSixteen = Most(16);
        output.WriteLine($"16 chunks took {(ofSixteen - ofOneChunk) / 1024} KiB more than 1; in one graph they would take {15 * ChunkBytes / 1024} more.");
        (ofSixteen - ofOneChunk).Should().BeLessThan(ChunkBytes);

        long Most(int chunks)
        {
            using var labels = zeros(chunks * 1024, int64);
            using var inputs = randn(chunks * 1024, 8);
            most = 0;
            cache.Backward(labels, inputs).Dispose();
            return most;
        }
    }

    private static long? LiveBytes()
    {
        try
        {
            var information = AllocatedMemory();
            return (long)(information.InUse + information.Mapped);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc.so.6", EntryPoint = "mallinfo2")]
    private static extern MallocInformation AllocatedMemory();

    [StructLayout(LayoutKind.Sequential)]
    private struct MallocInformation
    {
        public nuint Arena;
        public nuint FreeChunks;
        public nuint FastBins;
        public nuint MappedRegions;
        public nuint Mapped;
        public nuint MostUsed;
        public nuint FreeFastBins;
        public nuint InUse;
        public nuint Free;
        public nuint Releasable;
    }
}
