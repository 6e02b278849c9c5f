using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Squared distances between an anchor and its positives where those are all of its class: what two anchors of a chunk are apart is measured once, from the first of them.
/// </summary>
/// <param name="distances">[Edge, Edge], by the places of the two in the chunk.</param>
/// <param name="chunk">The first anchor of the chunk.</param>
/// <param name="chunkEnd">The anchor after its last.</param>
internal readonly unsafe struct ChunkPairs(double* distances, int chunk, int chunkEnd)
{
    /// <summary>The most anchors of a chunk.</summary>
    public const int Edge = 64;

    /// <summary>The slots of an anchor that earlier anchors of the chunk have measured; start is where its class begins.</summary>
    public (int From, int To) Measured(int anchor, int start) => (Math.Max(chunk - start, 0), anchor - start);

    /// <summary>Reads measured distances to consecutive positives, from this one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int anchor, int positive, Span<double> squared)
    {
        double* column = distances + ((positive - chunk) * Edge) + anchor - chunk;
        for (int i = 0; i < squared.Length; i++)
            squared[i] = column[i * Edge];
    }

    /// <summary>Writes distances to the positives from one on, as far as they are of the chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(int anchor, int positive, ReadOnlySpan<double> squared)
    {
        double* row = distances + ((anchor - chunk) * Edge) + positive - chunk;
        for (int i = 0; i < squared.Length && positive + i < chunkEnd; i++)
            row[i] = squared[i];
    }
}
