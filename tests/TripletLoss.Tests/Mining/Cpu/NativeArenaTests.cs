namespace TripletLoss.Tests;

public sealed unsafe class NativeArenaTests
{
    private const int Alignment = 64;

    [Fact]
    public void No_two_blocks_share_memory_whoever_has_the_kept_slab() =>
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            Random random = new(thread);
            for (int round = 0; round < 20; round++)
            {
                using NativeArena outer = new(), inner = new();
                List<(nint Start, int Length, byte Mark)> blocks = [];
                for (int i = 0; i < 60; i++)
                {
                    NativeArena arena = i % 2 == 0 ? outer : inner;
                    int length = random.Next(0, 5000);
                    byte mark = (byte)random.Next(1, 256);
                    blocks.Add(((nint)arena.AllocateFilled(length, mark), length, mark));
                    if (i % 7 == 0)
                        arena.Free(arena.Allocate<byte>(length));
                }

                foreach (var (start, length, mark) in blocks)
                {
                    (start % Alignment).Should().Be(0);
                    new ReadOnlySpan<byte>((void*)start, length).IndexOfAnyExcept(mark).Should().Be(-1);
                }
            }
        });

    [Fact]
    public void Zeroed_blocks_are_zero_in_used_memory()
    {
        for (int round = 0; round < 3; round++)
        {
            using NativeArena arena = new();
            new ReadOnlySpan<byte>(arena.AllocateZeroed<byte>(10_000), 10_000).IndexOfAnyExcept((byte)0).Should().Be(-1);
            arena.AllocateFilled(20_000, (byte)1);
        }
    }

    [Fact]
    public void Larger_blocks_than_the_slab_may_be_are_there_too()
    {
        for (int round = 0; round < 2; round++)
        {
            using NativeArena arena = new();
            byte* large = arena.AllocateFilled(NativeArena.LargestSlab + 1, (byte)7);
            large[NativeArena.LargestSlab].Should().Be(7);
            arena.Free(large);
            *arena.AllocateFilled(1, 5) = 6;
        }
    }
}
