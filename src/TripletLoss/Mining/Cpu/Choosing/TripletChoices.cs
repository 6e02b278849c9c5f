using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// What the kernel chooses, for who asks: one record an ordered positive pair (semi-hard) or an anchor (hard), by original indices. They are handed on as they come, so that memory
/// does not grow with the pairs; each worker has a buffer of its own.
/// </summary>
/// <param name="reader">Who asks.</param>
/// <param name="factor">What distances are multiplied by.</param>
/// <param name="arena">Where the buffers are.</param>
internal sealed class TripletChoices(IChoiceReader reader, double factor, NativeArena arena)
{
    private const int Records = 1 << 13;

    private ChoiceBuffer?[] _buffers = [];
    private int _capacity;

    /// <summary>Makes room.</summary>
    /// <param name="workers">How many may record at a time.</param>
    /// <param name="count">How many records there will be.</param>
    /// <param name="mostOfAnAnchor">How many of them an anchor has at most.</param>
    public void Prepare(int workers, long count, int mostOfAnAnchor)
    {
        _buffers = new ChoiceBuffer?[workers];
        _capacity = Math.Max((int)Math.Min(Records, count), mostOfAnAnchor);
    }

    /// <summary>Where a worker records an anchor's choices, all of them.</summary>
    public ChoiceBuffer Begin(int worker, int count)
    {
        ChoiceBuffer buffer = RoomFor(worker, count);
        buffer.Begin(count);
        return buffer;
    }

    /// <summary>A worker's buffer, with room for so many.</summary>
    public ChoiceBuffer RoomFor(int worker, int count)
    {
        ChoiceBuffer buffer = _buffers[worker] ??= new(_capacity, arena);
        if (!buffer.HasRoom(count))
            HandOver(buffer);
        return buffer;
    }

    /// <summary>Hands on what is left.</summary>
    public void Finish()
    {
        foreach (ChoiceBuffer? buffer in _buffers)
        {
            if (buffer is { Count: > 0 })
                HandOver(buffer);
        }
    }

    private void HandOver(ChoiceBuffer buffer)
    {
        using var scope = NewDisposeScope();
        reader.Read(buffer, factor);
        buffer.Clear();
    }
}
