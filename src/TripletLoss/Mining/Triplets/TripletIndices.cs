using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Mined triplets: equally long tensors on the embeddings' device, sorted by anchor.</summary>
public sealed class TripletIndices : IDisposable
{
    private readonly long _anchorCount;
    private readonly long _referenceCount;

    internal TripletIndices(Tensor anchors, Tensor positives, Tensor negatives, Tensor isFallback, long anchorCount, long referenceCount)
    {
        (Anchors, Positives, Negatives, IsFallback) = (anchors, positives, negatives, isFallback);
        (_anchorCount, _referenceCount) = (anchorCount, referenceCount);
    }

    /// <summary>int64 [T]: the row of each triplet's anchor in the batch.</summary>
    public Tensor Anchors { get; }

    /// <summary>int64 [T]: the row of its positive, in the batch or, where given, the references.</summary>
    public Tensor Positives { get; }

    /// <summary>int64 [T]: the row of its negative, in the batch or, where given, the references.</summary>
    public Tensor Negatives { get; }

    /// <summary>bool [T]: whether the negative is the farthest one because none is beyond the positive (<see cref="TripletMiner.BatchSemiHard"/>; false elsewhere).</summary>
    public Tensor IsFallback { get; }

    /// <summary>The number of triplets T.</summary>
    public long Count
    {
        get
        {
            var count = Anchors.size(0);
            GC.KeepAlive(this);
            return count;
        }
    }

    /// <summary>How many anchors of the batch have no triplet here.</summary>
    public long AnchorsLeftOut
    {
        get
        {
            using var scope = NewDisposeScope();
            var (anchors, _, _) = Anchors.unique();
            GC.KeepAlive(this);
            return _anchorCount - anchors.size(0);
        }
    }

    /// <summary>The triplets that a mask keeps.</summary>
    /// <param name="mask">bool [T].</param>
    /// <returns>New triplets; dispose them.</returns>
    /// <exception cref="ArgumentException">The mask is not bool [T].</exception>
    /// <exception cref="ArgumentNullException"><paramref name="mask"/> is null.</exception>
    public TripletIndices Where(Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.dtype != ScalarType.Bool || mask.shape is not [var count] || count != Count)
            throw new ArgumentException($"mask must be Bool [{Count}], one per triplet, got {Describe.Tensor(mask)}.", nameof(mask));
        using var scope = NewDisposeScope();
        var kept = mask.nonzero().squeeze(1);
        Tensor Of(Tensor all) => all.index_select(0, kept).MoveToOuterDisposeScope();
        var selected = new TripletIndices(Of(Anchors), Of(Positives), Of(Negatives), Of(IsFallback), _anchorCount, _referenceCount);
        GC.KeepAlive(this);
        GC.KeepAlive(mask);
        return selected;
    }

    /// <summary>The points of the triplets, for <see cref="ExplicitTripletLoss"/> or <see cref="TripletFunctions.Hinge"/>.</summary>
    /// <param name="embeddings">[B, …], the batch that was mined, or its inputs.</param>
    /// <param name="references">[N, …], what it was mined against; null (the default): the batch itself.</param>
    /// <returns>Three tensors [T, …], with the graph of what they come from.</returns>
    /// <exception cref="ArgumentException">They have not as many rows as what was mined.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="embeddings"/> is null.</exception>
    public (Tensor Anchors, Tensor Positives, Tensor Negatives) Gather(Tensor embeddings, Tensor? references = null)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        RequireRows(embeddings, _anchorCount, nameof(embeddings));
        RequireRows(references ??= embeddings, _referenceCount, nameof(references));
        var gathered = (embeddings.index_select(0, Anchors), references.index_select(0, Positives), references.index_select(0, Negatives));
        GC.KeepAlive(this);
        GC.KeepAlive(embeddings);
        GC.KeepAlive(references);
        return gathered;
    }

    /// <summary>The triplets as rows [T, 3] of anchor, positive and negative, as <see cref="ExplicitTripletLoss"/> takes them for a batch that was mined against itself.</summary>
    /// <returns>int64 [T, 3].</returns>
    public Tensor ToTensor()
    {
        var rows = stack([Anchors, Positives, Negatives], 1);
        GC.KeepAlive(this);
        return rows;
    }

    /// <summary>Takes the three tensors of indices apart.</summary>
    /// <param name="anchors"><see cref="Anchors"/>.</param>
    /// <param name="positives"><see cref="Positives"/>.</param>
    /// <param name="negatives"><see cref="Negatives"/>.</param>
    public void Deconstruct(out Tensor anchors, out Tensor positives, out Tensor negatives) =>
        (anchors, positives, negatives) = (Anchors, Positives, Negatives);

    /// <summary>How many triplets of how many anchors.</summary>
    /// <returns>For instance <c>3072 triplets of 1024 anchors</c>, or <c>300 triplets of 100 anchors, 28 left out</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count} triplets of {_anchorCount - AnchorsLeftOut} anchors{(AnchorsLeftOut == 0 ? "" : $", {AnchorsLeftOut} left out")}");

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Anchors.Dispose();
        Positives.Dispose();
        Negatives.Dispose();
        IsFallback.Dispose();
    }

    private static void RequireRows(Tensor points, long rows, string name)
    {
        if (points.ndim == 0 || points.size(0) != rows)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} must have a row for each of the {rows} that were mined, got {Describe.Tensor(points)}."), name);
    }
}
