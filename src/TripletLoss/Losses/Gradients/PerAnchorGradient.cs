using static TorchSharp.torch;
using Context = TorchSharp.torch.autograd.AutogradContext;

namespace TripletLoss;

/// <summary>
/// The gradient of a vector of per-anchor losses: only backward knows the weight of each, and values the batch once more with these. It mines once more where the kernel kept no choices.
/// </summary>
internal sealed class PerAnchorGradient : autograd.SingleTensorFunction<PerAnchorGradient>
{
    private const string LossKey = "loss";
    private const string ChosenKey = "chosen";

    /// <inheritdoc/>
    public override string Name => nameof(PerAnchorGradient);

    /// <summary>The values with their gradient.</summary>
    public static Tensor Attach(Tensor values, MiningProblem problem, MinedLoss loss, ChosenIndices chosen) => problem.References is { } references
        ? apply(values, problem, loss, chosen, problem.Embeddings, FirstOrderOnly.Trace(problem.Embeddings), references, FirstOrderOnly.Trace(references))
        : apply(values, problem, loss, chosen, problem.Embeddings, FirstOrderOnly.Trace(problem.Embeddings));

    /// <inheritdoc/>
    public override Tensor forward(Context ctx, params object[] vars)
    {
        var (problem, loss) = ((MiningProblem)vars[1], (MinedLoss)vars[2]);
        ctx.save_data(LossKey, loss);
        ctx.save_data(ChosenKey, vars[3]);
        // Copies: somebody may change the embeddings in place before backward.
        var kept = new List<Tensor> { (Tensor)vars[5], problem.Embeddings.detach().clone(), problem.Labels };
        if (problem.References is { } references)
        {
            kept.AddRange([(Tensor)vars[7], references.detach().clone().requires_grad_(references.requires_grad), problem.ReferenceLabels!]);
        }
        if (problem.SelfIndices is { } copies)
            kept.Add(copies);
        ctx.save_for_backward(kept);
        return ((Tensor)vars[0]).alias();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(Context ctx, Tensor gradOutput)
    {
        using var scope = NewDisposeScope();
        var loss = (MinedLoss)ctx.get_data(LossKey)!;
        var kept = ctx.get_saved_variables();
        var problem = kept.Count < 6
            ? new MiningProblem(kept[2], kept[1], null, null, null)
            : new MiningProblem(kept[2], kept[1], kept[5], kept[4], kept.ElementAtOrDefault(6));
        var gradients = new List<Tensor?> { gradOutput.alias(), null, null, null };
        var (anchors, references) = Gradients(problem, loss, (ChosenIndices)ctx.get_data(ChosenKey)!, gradOutput);
        gradients.AddRange([FirstOrderOnly.Guarded(anchors, kept[0]), null]);
        if (problem.References is not null)
            gradients.AddRange([references is null ? null : FirstOrderOnly.Guarded(references, kept[3]), null]);
        return HandedOver.From(gradOutput, gradients);
    }

    private static (Tensor Anchors, Tensor? References) Gradients(MiningProblem problem, MinedLoss loss, ChosenIndices chosen, Tensor coefficients)
    {
        using var noGradient = no_grad();
        var part = MiningKernel.Run(new MiningRequest(problem, loss.Rule, loss.Distance, coefficients.to_type(float64), Chosen: chosen));
        var scale = loss.Scale(problem, part);
        var type = problem.Embeddings.dtype;
        return (part.AnchorGradient!.mul_(scale).to_type(type), part.ReferenceGradient?.mul_(scale).to_type(type));
    }
}
