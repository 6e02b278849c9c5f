using static TorchSharp.torch;
using Context = TorchSharp.torch.autograd.AutogradContext;

namespace TripletLoss;

/// <summary>
/// The gradient of a vector of per-anchor losses: only backward knows the weight of each, and values the batch once more with these. It mines once more where the kernel kept nothing of the first time.
/// </summary>
internal sealed class PerAnchorGradient : autograd.SingleTensorFunction<PerAnchorGradient>
{
    private const string LossKey = "loss";
    private const string KeptKey = "kept";

    /// <inheritdoc/>
    public override string Name => nameof(PerAnchorGradient);

    /// <summary>The values with their gradient.</summary>
    public static Tensor Attach(Tensor values, MiningProblem problem, MinedLoss loss, KeptMining kept) => problem.References is { } references
        ? apply(values, problem, loss, kept, problem.Embeddings, FirstOrderOnly.Trace(problem.Embeddings), references, FirstOrderOnly.Trace(references))
        : apply(values, problem, loss, kept, problem.Embeddings, FirstOrderOnly.Trace(problem.Embeddings));

    /// <inheritdoc/>
    public override Tensor forward(Context ctx, params object[] vars)
    {
        var (problem, loss, mining) = ((MiningProblem)vars[1], (MinedLoss)vars[2], (KeptMining)vars[3]);
        ctx.save_data(LossKey, loss);
        ctx.save_data(KeptKey, mining.With(distances: null));
        // Copies: somebody may change embeddings and labels in place before backward.
        var saved = new List<Tensor> { (Tensor)vars[5], problem.Embeddings.detach().clone(), problem.Labels.clone() };
        if (problem.References is { } references)
        {
            saved.AddRange([(Tensor)vars[7], references.detach().clone().requires_grad_(references.requires_grad), problem.ReferenceLabels!.clone()]);
        }
        if (problem.SelfIndices is { } copies)
            saved.Add(copies.clone());
        if (mining.Distances is { } distances)
            saved.Add(distances);
        ctx.save_for_backward(saved);
        return ((Tensor)vars[0]).alias();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(Context ctx, Tensor gradOutput)
    {
        using var scope = NewDisposeScope();
        var (loss, kept) = ((MinedLoss)ctx.get_data(LossKey)!, (KeptMining)ctx.get_data(KeptKey)!);
        var saved = ctx.get_saved_variables();
        if (kept.HaveClose is not null)
        {
            // The distances themselves are with what was saved.
            kept = kept.With(saved[^1]);
            saved.RemoveAt(saved.Count - 1);
        }

        var problem = saved.Count < 6
            ? new MiningProblem(saved[2], saved[1], null, null, null)
            : new MiningProblem(saved[2], saved[1], saved[5], saved[4], saved.ElementAtOrDefault(6));
        var gradients = new List<Tensor?> { gradOutput.alias(), null, null, null };
        var (anchors, references) = Gradients(problem, loss, kept, gradOutput);
        gradients.AddRange([FirstOrderOnly.Guarded(anchors, saved[0]), null]);
        if (problem.References is not null)
            gradients.AddRange([references is null ? null : FirstOrderOnly.Guarded(references, saved[3]), null]);
        return HandedOver.From(gradOutput, gradients);
    }

    private static (Tensor Anchors, Tensor? References) Gradients(MiningProblem problem, MinedLoss loss, KeptMining kept, Tensor coefficients)
    {
        using var noGradient = no_grad();
        var part = MiningKernel.Run(new MiningRequest(problem, loss.Rule, loss.Distance, coefficients.to_type(float64), Kept: kept));
        var scale = loss.Scale(problem, part);
        var type = problem.Embeddings.dtype;
        return (part.AnchorGradient!.mul_(scale).to_type(type), part.ReferenceGradient?.mul_(scale).to_type(type));
    }
}
