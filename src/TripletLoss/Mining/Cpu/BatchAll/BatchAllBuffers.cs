namespace TripletLoss;

/// <summary>One worker's tiles.</summary>
internal sealed unsafe class BatchAllBuffers<TWidth, TVector>(PackedDistances<TWidth, TVector> tiles, int edge, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    public float* Distances { get; } = arena.Allocate<float>((long)edge * edge);

    /// <summary>First the ranks of the rows, in the end the weights.</summary>
    public float* Weights { get; } = arena.Allocate<float>((long)edge * edge);

    /// <summary>The weights, as the gradient takes them.</summary>
    public WeightBlock<TWidth, TVector> Block { get; } = new(tiles, edge, arena.Allocate<float>(CoordinatePanels<TWidth, TVector>.Padded(tiles.Rows.Dimension)), arena);

    /// <summary>The pairs that left the weights.</summary>
    public List<ClosePair> ClosePairs { get; } = [];

    /// <summary>The ranks of a vector's worth of columns.</summary>
    public float* Ranks { get; } = arena.Allocate<float>((long)edge * TWidth.Lanes);
}
