using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a formula works on: a validated batch, in the types it is computed in.</summary>
public sealed class LossInput
{
    private readonly MiningProblem _problem;
    private readonly Reducer? _reducer;
    private readonly BatchObserver? _observer;

    /// <param name="problem">The batch.</param>
    /// <param name="reducer">How the losses will be reduced; null: they stay a vector.</param>
    /// <param name="observer">Who looks on, if a report was asked for.</param>
    internal LossInput(MiningProblem problem, Reducer? reducer, BatchObserver? observer = null)
    {
        _problem = problem;
        _reducer = reducer;
        _observer = observer;
    }

    /// <summary>The anchors' labels, int64 [B].</summary>
    public Tensor Labels => _problem.Labels;

    /// <summary>The anchors' embeddings [B, d], float32 or float64, with their graph.</summary>
    public Tensor Embeddings => _problem.Embeddings;

    /// <summary>The labels to mine against, int64 [N]; the anchors' own where no references were given.</summary>
    public Tensor ReferenceLabels => _problem.ReferenceLabels ?? _problem.Labels;

    /// <summary>The embeddings to mine against [N, d], in the anchors' type; the anchors' own where no references were given.</summary>
    public Tensor References => _problem.References ?? _problem.Embeddings;

    /// <summary>
    /// Where each anchor's own copy stands among the references, int64 [B], −1 for none; null where no anchor has one. Without references it is 0, 1, 2, …
    /// </summary>
    public Tensor? SelfIndices => _problem.References is null
        ? arange(_problem.AnchorCount, int64, _problem.Labels.device)
        : _problem.SelfIndices;

    /// <summary>The losses of a formula, with the gradient attached to the value.</summary>
    internal AnchorLosses Mine(MiningFormula formula, Distance distance)
    {
        var type = Embeddings.dtype;
        _observer?.Begin(formula, distance);
        if (_reducer is not { } reducer)
            return Vector(formula, distance).to_type(type);
        if (!_problem.WantsGradient)
            return WithoutGradient(MiningKernel.Reduced(_problem, formula, distance, null, _observer).Values.to_type(type));
        var mined = MiningKernel.Reduced(_problem, formula, distance, reducer.Coefficients(Embeddings), _observer);
        var carrier = Carrier(Embeddings, mined.AnchorGradient!);
        if (mined.ReferenceGradient is not null)
            carrier += Carrier(_problem.References!, mined.ReferenceGradient);
        return new AnchorLosses(mined.Values.to_type(type), carrier);
    }

    // One kernel with and without a gradient, so that the values are the same to the bit.
    private Tensor Vector(MiningFormula formula, Distance distance)
    {
        if (!_problem.WantsGradient)
            return TensorKernel.Reduced(_problem, formula, distance, null, _observer).Values;
        var mined = TensorKernel.PerAnchor(_problem, formula, distance, _observer);
        return mined.Values + (mined.PerAnchor! - mined.PerAnchor!.detach());
    }

    // Where there is no anchor, the values have no place to say that a reference is not finite.
    private AnchorLosses WithoutGradient(Tensor values) => new(values, _problem.AnchorCount == 0 ? (References * 0).sum() : null);

    private static Tensor Carrier(Tensor embeddings, Tensor gradient) =>
        (embeddings * (gradient.dtype == embeddings.dtype ? gradient : gradient.to_type(embeddings.dtype))).sum();
}
