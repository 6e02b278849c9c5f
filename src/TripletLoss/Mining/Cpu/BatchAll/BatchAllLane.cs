namespace TripletLoss;

/// <summary>What one fixed share of the tiles adds up to.</summary>
internal sealed unsafe class BatchAllLane<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    public BatchAllLane(in SimdProblem problem, ThresholdTable table, NativeArena arena)
    {
        Counts = arena.AllocateZeroed<int>(table.Length);
        RankedDistances = arena.AllocateZeroed<double>((long)table.Groups * table.Lanes);
        if (!problem.WantsGradient)
            return;
        Anchors = new(problem.AnchorCount, problem.Dimension, arena);
        if (problem.MinesItself)
            References = Anchors;
        else if (problem.ReferenceGradient != null)
            References = new(problem.ReferenceCount, problem.Dimension, arena);
    }

    /// <summary>For each reach, the negatives within it.</summary>
    public int* Counts { get; }

    /// <summary>For each anchor, Σ rank · distance over its negatives.</summary>
    public double* RankedDistances { get; }

    public CoordinatePanels<TWidth, TVector>? Anchors { get; }

    public CoordinatePanels<TWidth, TVector>? References { get; }
}

/// <summary>One worker's tiles.</summary>
internal sealed unsafe class BatchAllBuffers(int edge, int lanes, NativeArena arena)
{
    public float* Distances { get; } = arena.Allocate<float>((long)edge * edge);

    /// <summary>First the ranks of the rows, in the end the weights.</summary>
    public float* Weights { get; } = arena.Allocate<float>((long)edge * edge);

    /// <summary>The ranks of a vector's worth of columns.</summary>
    public float* Ranks { get; } = arena.Allocate<float>((long)edge * lanes);
}
