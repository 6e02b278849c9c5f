namespace TripletLoss;

/// <summary>What one worker needs to mine a tile.</summary>
/// <param name="edge">Of the tile.</param>
/// <param name="lanes">Of a vector.</param>
/// <param name="slots">The most that the anchors of a block have together.</param>
/// <param name="arena">Where the memory comes from.</param>
internal sealed unsafe class SearchBuffers(int edge, int lanes, long slots, NativeArena arena)
{
    /// <summary>[edge, edge]: the distances.</summary>
    public float* Tile { get; } = arena.Allocate<float>((long)edge * edge);

    /// <summary>[edge, lanes]: some rows of it as columns.</summary>
    public float* Transposed { get; } = arena.Allocate<float>((long)edge * lanes);

    /// <summary>As in <see cref="Candidates"/>, for a block of anchors and the negatives of the tile.</summary>
    public uint* Excess { get; } = arena.Allocate<uint>(slots);

    /// <inheritdoc cref="Excess"/>
    public int* Chosen { get; } = arena.Allocate<int>(slots);
}
