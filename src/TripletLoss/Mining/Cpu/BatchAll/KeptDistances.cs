namespace TripletLoss;

/// <summary>The squared distances of a batch-all pass, block by block, where they are kept: written for the backward pass of per-anchor losses, and read there instead of computed once more.</summary>
internal sealed unsafe class KeptDistances
{
    private readonly bool[]? _haveClose;
    private readonly float* _blocks;
    private readonly long _size;

    /// <param name="kept">Empty: to be filled, if there is room; filled: to be read; null: nobody wants them kept. To be held alive by the caller.</param>
    /// <param name="count">How many blocks there are.</param>
    /// <param name="rows">Of a block.</param>
    /// <param name="stride">From a row to the next.</param>
    public KeptDistances(KeptMining? kept, int count, int rows, int stride)
    {
        AreThere = kept?.Distances is not null;
        if (!AreThere)
            kept?.KeepDistances(count, rows, stride);
        _haveClose = kept?.HaveClose;
        _blocks = CpuCall.Pointer<float>(kept?.Distances);
        _size = (long)rows * stride;
    }

    /// <summary>Whether they are to be read.</summary>
    public bool AreThere { get; }

    /// <summary>Where a block is kept; a worker's own memory if nowhere.</summary>
    public float* Place(int block, float* own) => _blocks == null ? own : _blocks + (block * _size);

    /// <summary>Whether a block that is read has close pairs.</summary>
    public bool HasClose(int block) => _haveClose![block];

    /// <summary>Says whether one that was filled has; returns it.</summary>
    public bool Keep(int block, bool hasClose)
    {
        if (_haveClose is not null)
            _haveClose[block] = hasClose;
        return hasClose;
    }
}
