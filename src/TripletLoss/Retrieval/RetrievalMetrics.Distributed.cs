using static TorchSharp.torch;

namespace TripletLoss;

public static partial class RetrievalMetrics
{
    /// <summary>Measures how well each sample of all ranks finds the others of its class: each rank's samples are its queries, those of all ranks the references.</summary>
    /// <param name="labels">This rank's labels [n] or [n, 1].</param>
    /// <param name="embeddings">This rank's embeddings [n, d], n ≥ 0; the same d and type on every rank.</param>
    /// <param name="group">The ranks; all call this.</param>
    /// <param name="distance">As for <see cref="LeaveOneOut(Tensor, Tensor, Distance, Tensor, IReadOnlyList{int}, IProgress{double}, CancellationToken)"/>.</param>
    /// <param name="cutOffs">As there.</param>
    /// <returns>The metrics of all samples, the same on every rank: those of one process that has them all, in rank order.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device, or an embedding is not finite.</exception>
    /// <exception cref="InvalidOperationException">The ranks disagree about dim, type, distance or cut-offs, or another rank failed; all ranks throw.</exception>
    public static RetrievalReport LeaveOneOut(
        Tensor labels, Tensor embeddings, IProcessGroup group, Distance? distance = null, IReadOnlyList<int>? cutOffs = null) =>
        Evaluate(new LabelledEmbeddings(labels, embeddings, nameof(labels), nameof(embeddings)), null, group, new(distance, CutOffs: cutOffs));

    /// <summary>Measures how well each query of all ranks finds its class in a gallery of which every rank has a share.</summary>
    /// <param name="queryLabels">The labels of this rank's queries [q] or [q, 1].</param>
    /// <param name="queryEmbeddings">This rank's queries [q, d], q ≥ 0.</param>
    /// <param name="galleryLabels">The labels of this rank's share of the gallery [n] or [n, 1].</param>
    /// <param name="galleryEmbeddings">This rank's share of the gallery [n, d], n ≥ 0.</param>
    /// <param name="group">The ranks; all call this.</param>
    /// <param name="distance">As for the metrics of one process.</param>
    /// <param name="cutOffs">As there.</param>
    /// <returns>The metrics of all queries, the same on every rank.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device, or an embedding is not finite.</exception>
    /// <exception cref="InvalidOperationException">The ranks disagree about dim, type, distance or cut-offs, or another rank failed; all ranks throw.</exception>
    public static RetrievalReport QueryAgainstGallery(
        Tensor queryLabels,
        Tensor queryEmbeddings,
        Tensor galleryLabels,
        Tensor galleryEmbeddings,
        IProcessGroup group,
        Distance? distance = null,
        IReadOnlyList<int>? cutOffs = null) => Evaluate(
            new LabelledEmbeddings(queryLabels, queryEmbeddings, nameof(queryLabels), nameof(queryEmbeddings)),
            new LabelledEmbeddings(galleryLabels, galleryEmbeddings, nameof(galleryLabels), nameof(galleryEmbeddings)),
            group, new(distance, CutOffs: cutOffs));

    private static RetrievalReport Evaluate(LabelledEmbeddings queries, LabelledEmbeddings? gallery, IProcessGroup group, RetrievalOptions options)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new GlobalRetrieval(queries, gallery, group, options).Evaluate((all, withSelves) => Evaluate(queries, all, withSelves, null, default));
    }
}
