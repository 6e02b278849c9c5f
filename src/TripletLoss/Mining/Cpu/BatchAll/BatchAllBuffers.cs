namespace TripletLoss;

/// <summary>One worker's tiles.</summary>
internal sealed unsafe class BatchAllBuffers(int edge, int lanes, NativeArena arena)
{
    public float* Distances { get; } = arena.Allocate<float>((long)edge * edge);

    /// <summary>First the ranks of the rows, in the end the weights.</summary>
    public float* Weights { get; } = arena.Allocate<float>((long)edge * edge);

    /// <summary>The pairs that left the weights.</summary>
    public List<ClosePair> ClosePairs { get; } = [];

    /// <summary>The ranks of a vector's worth of columns.</summary>
    public float* Ranks { get; } = arena.Allocate<float>((long)edge * lanes);
}
