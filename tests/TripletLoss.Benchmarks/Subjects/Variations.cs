namespace TripletLoss.Benchmarks;

/// <summary>Other calls of the same losses, to hold beside the plain one.</summary>
internal static class Variations
{
    public const string Cosine = "cosine distance";
    public const string PerAnchor = "reduction None";
    public const string Report = "with a report";
    public const string TensorKernel = "tensor kernel";
    public const string TensorKernelDouble = "tensor kernel, float64";
    public const string SortAndSearchDouble = "sort + searchsorted, float64";

    private static readonly Tensor Zero = tensor(0.0f).DetachFromDisposeScope();

    /// <summary>The variation of that name; null if there is none.</summary>
    public static Algorithm? Find(string name, LossKind kind) => name switch
    {
        Cosine => Of(name, kind, Distance.Cosine),
        PerAnchor => new Algorithm(name, kind, (labels, embeddings) => Loss(kind, null, LossReduction.None).Call(labels, embeddings).sum()),
        Report => new Algorithm(name, kind, (labels, embeddings) => Loss(kind).Call(labels, embeddings, out _)),
        TensorKernel => new Algorithm(name, kind, (labels, embeddings) => ByTensors(kind, labels, embeddings)),
        TensorKernelDouble => new Algorithm(name, kind, (labels, embeddings) => Loss(kind).Call(labels, embeddings.to_type(ScalarType.Float64))),
        SortAndSearchDouble => new Algorithm(name, kind, (labels, embeddings) => SortAndSearch.SemiHard.Call(labels, embeddings.to_type(ScalarType.Float64))),
        _ => null,
    };

    private static Algorithm Of(string name, LossKind kind, Distance distance)
    {
        var loss = Loss(kind, distance);
        return new Algorithm(name, kind, (labels, embeddings) => loss.Call(labels, embeddings));
    }

    private static Loss Loss(LossKind kind, Distance? distance = null, LossReduction reduction = LossReduction.SumOverBatchSize) => kind switch
    {
        LossKind.SemiHard => new TripletSemiHardLoss(Algorithm.Margin, distance, reduction),
        LossKind.Hard => new TripletHardLoss(Algorithm.Margin, soft: false, distance, reduction),
        _ => new TripletBatchAllLoss(Algorithm.Margin, activeOnly: true, distance, reduction),
    };

    // The gradient is computed with the value; what hangs on the embeddings here only lets backward run.
    private static Tensor ByTensors(LossKind kind, Tensor labels, Tensor embeddings)
    {
        MiningRule rule = kind switch
        {
            LossKind.SemiHard => new SemiHardRule(Algorithm.Margin),
            LossKind.Hard => new HardRule(Algorithm.Margin, Soft: false),
            _ => new BatchAllRule(Algorithm.Margin, ActiveOnly: true),
        };
        var problem = new MiningProblem(labels, embeddings, null, null, null);
        var part = TripletLoss.TensorKernel.Run(new MiningRequest(problem, rule, Distance.SquaredEuclidean, ones(labels.shape[0], ScalarType.Float64)));
        return (part.Sums.sum() / part.Divisor(rule)).to_type(ScalarType.Float32) + (embeddings.sum() * Zero);
    }
}
