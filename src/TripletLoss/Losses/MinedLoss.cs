using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What the losses of this library have in common: a kernel mines the batch by a rule, and value and gradient come from the same pass.</summary>
/// <param name="Rule">By which to choose.</param>
/// <param name="Distance">By which to compare.</param>
internal sealed record MinedLoss(MiningRule Rule, Distance Distance)
{
    /// <summary>The reduced loss.</summary>
    public Tensor Reduced(MiningProblem problem, Reducer reducer, ReportBuilder? report)
    {
        var part = Mine(problem, problem.WantsGradient ? reducer.Coefficients(problem.Embeddings) : null, report);
        var scale = Scale(problem, part);
        var value = reducer.Reduce(part.Sums, scale, problem.Embeddings.dtype);
        // Where there is no anchor, the values have no place to say that a reference is not finite.
        if (problem.AnchorCount == 0)
            value = value.add(scale, Numbers.One).to_type(value.dtype);
        return part.AnchorGradient is null ? value : ReducedGradient.Attach(value, problem, part, scale);
    }

    /// <summary>[A]: the losses of the anchors, each with its own gradient.</summary>
    public Tensor PerAnchor(MiningProblem problem, ReportBuilder? report)
    {
        if (problem.WantsGradient && Distance.CustomMatrix is not null)
            return CustomPerAnchor.Of(problem, Rule, Distance, report);
        var kept = problem.WantsGradient ? new KeptMining() : null;
        var part = Mine(problem, null, report, kept);
        var values = (part.Sums * Scale(problem, part)).to_type(problem.Embeddings.dtype);
        return problem.WantsGradient ? PerAnchorGradient.Attach(values, problem, this, kept!) : values;
    }

    /// <summary>A / divisor: what makes the plain mean of the scaled sums the loss of the batch; 0 where there is nothing to divide.</summary>
    public Tensor Scale(MiningProblem problem, LossPart part)
    {
        var divisor = part.Divisor(Rule);
        if (HostNumber.IsIn(divisor))
        {
            var count = HostNumber.Of(divisor);
            return HostNumber.ToTensor(Math.Min(count, 1) * problem.AnchorCount / Math.Max(count, 1), float64);
        }

        using var anchors = ((double)problem.AnchorCount).ToScalar();
        return divisor.clamp_max(Numbers.One).mul_(anchors).div_(divisor.clamp_min(Numbers.One));
    }

    private LossPart Mine(MiningProblem problem, Tensor? coefficients, ReportBuilder? report, KeptMining? kept = null)
    {
        var part = MiningKernel.Run(new MiningRequest(problem, Rule, Distance, coefficients, report?.Begin(Rule, Distance), kept));
        report?.Count(part);
        return part;
    }
}
