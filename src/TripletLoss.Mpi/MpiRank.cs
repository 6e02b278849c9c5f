using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>One process's end of the group.</summary>
internal sealed unsafe class MpiRank(MpiSession session) : IProcessGroup
{
    /// <summary>How many numbers or bytes go into one message: MPI counts in ints. Tests make it small.</summary>
    internal static long MessageLimit { get; set; } = 1 << 28;

    /// <inheritdoc/>
    public int Rank => session.Rank;

    /// <inheritdoc/>
    public int Size => session.Size;

    /// <inheritdoc/>
    public byte[] AllGather(ReadOnlySpan<byte> mine)
    {
        byte[] own = mine.ToArray(), all = new byte[checked(mine.Length * Size)];
        session.Do(nameof(AllGather), library =>
        {
            fixed (byte* from = own, to = all)
                library.AllGather(from, own.Length, to);
        });
        return all;
    }

    /// <inheritdoc/>
    public Tensor AllGatherRows(Tensor rows, long[] counts)
    {
        using var scope = NewDisposeScope();
        CheckRows(rows, counts, counts[Rank]);
        var all = empty([counts.Sum(), .. rows.shape[1..]], rows.dtype, CPU);
        int rowBytes = checked((int)(rows.shape[1..].Aggregate(rows.element_size(), (size, count) => size * count)));
        int[] firsts = new int[Size];
        for (int rank = 1; rank < Size; rank++)
            firsts[rank] = checked((int)(firsts[rank - 1] + counts[rank - 1]));
        if (all.numel() > 0)
            session.Do(nameof(AllGatherRows), library => library.AllGatherRows(Data(rows), Rank, Data(all), rowBytes, Ints(counts), firsts));
        GC.KeepAlive(rows);
        return all.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor ReduceScatterRows(Tensor rows, long[] counts)
    {
        using var scope = NewDisposeScope();
        CheckRows(rows, counts, counts.Sum());
        var width = rows.shape[1..].Aggregate(1L, (size, count) => size * count);
        var parts = Math.Max(1, (rows.numel() + MessageLimit - 1) / MessageLimit);
        var sums = parts == 1 ? Scattered(rows, counts, width) : cat([.. ScatteredInParts(rows, counts, width, parts)]);
        GC.KeepAlive(rows);
        return sums.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void AllReduce(Tensor values)
    {
        using var scope = NewDisposeScope();
        Check(values);
        var flat = values.view(-1);
        for (long first = 0; first < flat.size(0); first += MessageLimit)
        {
            var (sum, mine) = Part(flat, first);
            session.Do(nameof(AllReduce), library => library.AllReduce(Data(mine), Data(sum), (int)mine.size(0), TypeOf(mine)));
        }
        GC.KeepAlive(values);

        (Tensor Sum, Tensor Mine) Part(Tensor all, long start)
        {
            var part = all.narrow(0, start, Math.Min(MessageLimit, all.size(0) - start));
            return (part, part.clone());
        }
    }

    /// <inheritdoc/>
    public void Broadcast(Tensor values, int root)
    {
        using var scope = NewDisposeScope();
        Check(values);
        var flat = values.view(-1);
        var limit = MessageLimit / values.element_size();
        for (long first = 0; first < flat.size(0); first += limit)
        {
            var part = flat.narrow(0, first, Math.Min(limit, flat.size(0) - first));
            session.Do(nameof(Broadcast), library => library.Broadcast(Data(part), (int)(part.size(0) * part.element_size()), root));
        }
        GC.KeepAlive(values);
    }

    /// <inheritdoc/>
    public void Abort(string reason) => session.Abort(reason);

    private Tensor Scattered(Tensor rows, long[] counts, long width)
    {
        var mine = empty([counts[Rank], .. rows.shape[1..]], rows.dtype, CPU);
        var numbers = Ints([.. counts.Select(count => count * width)]);
        if (rows.numel() > 0)
            session.Do(nameof(ReduceScatterRows), library => library.ReduceScatter(Data(rows), Data(mine), numbers, TypeOf(rows)));
        return mine;
    }

    // Of every rank's rows one part after another.
    private IEnumerable<Tensor> ScatteredInParts(Tensor rows, long[] counts, long width, long parts)
    {
        for (long part = 0; part < parts; part++)
        {
            using var scope = NewDisposeScope();
            var pieces = new List<Tensor>();
            long[] sizes = new long[Size];
            for (int rank = 0; rank < Size; rank++)
            {
                var (first, end) = (counts[rank] * part / parts, counts[rank] * (part + 1) / parts);
                sizes[rank] = end - first;
                pieces.Add(rows.narrow(0, counts.Take(rank).Sum() + first, end - first));
            }
            yield return Scattered(cat(pieces), sizes, width).MoveToOuterDisposeScope();
        }
    }

    private nint TypeOf(Tensor values) => values.dtype switch
    {
        ScalarType.Float32 => session.Handles.Float,
        ScalarType.Float64 => session.Handles.Double,
        ScalarType.Int64 => session.Handles.Int64,
        _ => throw new ArgumentException($"sums are of float32, float64 or int64, got {values.dtype}.", nameof(values)),
    };

    private void CheckRows(Tensor rows, long[] counts, long expected)
    {
        ArgumentNullException.ThrowIfNull(counts);
        Check(rows);
        if (counts.Length != Size || rows.size(0) != expected)
            throw new ArgumentException($"rows must be [{expected}, …] for {Size} counts, got [{string.Join(", ", rows.shape)}] for {counts.Length}.", nameof(rows));
    }

    private static void Check(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.device_type != TorchSharp.DeviceType.CPU || !values.is_contiguous())
            throw new ArgumentException($"tensors of a group must be contiguous and on the CPU, got one on {values.device}.", nameof(values));
    }

    private static int[] Ints(long[] numbers) => [.. numbers.Select(number => checked((int)number))];

    // The place of the first number: a span over all of a large tensor has no room in an int.
    private static void* Data(Tensor tensor)
    {
        if (tensor.numel() == 0)
            return null;
        using var flat = tensor.detach().view(-1);
        using var first = flat.narrow(0, 0, 1);
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
