using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A mined loss whose anchors are shared out: each rank mines its own against the samples of all, and the parts add up.</summary>
internal sealed class SharedBatch
{
    private readonly Loss _loss;
    private readonly IProcessGroup _group;
    private readonly long[] _rows;
    private readonly bool _isGradientWanted;
    private readonly MiningProblem _own;
    private readonly MiningProblem _problem;
    private readonly Tensor? _weights;

    /// <summary>Gathers the samples.</summary>
    public SharedBatch(Loss loss, BatchArguments arguments, IProcessGroup group, CallHeader[] headers)
    {
        (_loss, _group) = (loss, group);
        _rows = [.. headers.Select(header => header.Rows)];
        _isGradientWanted = headers.Any(header => header.WantsGradient);
        _own = arguments.ToProblem();
        _weights = arguments.WeightsOfRows(_own.AnchorCount)?.to_type(float64);
        var gathered = new GatheredRows(group);
        var (labels, references) = (gathered.Detached(_own.Labels, _rows), gathered.Detached(arguments.Embeddings, _rows));
        using var first = _rows.Take(group.Rank).Sum().ToScalar();
        _problem = new MiningProblem(
            _own.Labels, _own.Embeddings.detach(), labels, references.to_type(Type).requires_grad_(_isGradientWanted),
            Numbers.Range(_own.AnchorCount, labels.device).add_(first, Numbers.WholeOne));
    }

    private long Anchors => _rows.Sum();

    private ScalarType Type => _own.Embeddings.dtype;

    // In the gradient from the start, as in one process, so that it stays in range.
    private double Mean => _loss.Reduction == LossReduction.Sum ? 1 : 1.0 / Math.Max(Anchors, 1);

    /// <summary>The value with the gradient with respect to this rank's embeddings.</summary>
    public Tensor Evaluate()
    {
        LossPart part = null!;
        var total = BatchSums.Of(RankExchange.Run(_group, $"the loss '{_loss.Name}'", () =>
        {
            part = Mine();
            return new BatchSums(
                WeightedSum(part).item<double>(), part.Divisor(_loss.Mined!.Rule).item<double>(), _weights?.sum().item<double>() ?? _own.AnchorCount);
        }));
        var value = Value(part, total).to_type(Type);
        if (!_isGradientWanted)
            return value;
        // Who wants no gradient has a part in that of the others.
        var scattered = new GatheredRows(_group).Summed(part.ReferenceGradient!.to_type(Type), _rows);
        if (!_own.WantsGradient)
            return value;
        var scale = tensor(total.Scale(_loss.Reduction, Anchors) * total.WeightScale(_loss.Reduction) / Mean, float64, _own.Embeddings.device);
        return ReducedGradient.Attach(value, _own.Embeddings, part.AnchorGradient!.to_type(Type).add_(scattered, Numbers.One), scale);
    }

    private LossPart Mine()
    {
        using var mean = Mean.ToScalar();
        var weights = _weights?.detach() ?? ones(_own.AnchorCount, float64, _own.Embeddings.device);
        return MiningKernel.Run(new MiningRequest(_problem, _loss.Mined!.Rule, _loss.Mined.Distance, _isGradientWanted ? weights.mul(mean) : null));
    }

    private Tensor WeightedSum(LossPart part) => (_weights is null ? part.Sums : part.Sums.mul(_weights)).sum();

    // The same number on every rank; by the weights it has a graph through what this rank added to it.
    private Tensor Value(LossPart part, BatchSums total)
    {
        var scale = total.Scale(_loss.Reduction, Anchors);
        var value = tensor(total.Weighted * scale * total.WeightScale(_loss.Reduction), float64, _own.Embeddings.device);
        if (_weights is not { requires_grad: true } || !is_grad_enabled())
            return value;
        using var factor = scale.ToScalar();
        var graph = Among(WeightedSum(part), total.Weighted).mul(factor);
        if (_loss.Reduction == LossReduction.MeanWithSampleWeight)
            graph = total.Weights == 0 ? graph.mul(Numbers.Zero) : graph.div(Among(_weights.sum(), total.Weights));
        return value.add(graph - graph.detach(), Numbers.One);
    }

    // The total, with the graph of this rank's part.
    private static Tensor Among(Tensor part, double total)
    {
        using var whole = total.ToScalar();
        return (part - part.detach()).add(whole, Numbers.One);
    }
}
