using static TorchSharp.torch;
using Context = TorchSharp.torch.autograd.AutogradContext;

namespace TripletLoss;

/// <summary>Hangs the gradient that came with a reduced loss on its value: backward only multiplies it by what arrives.</summary>
/// <remarks>A node of its own and no product with the embeddings, which would overflow where the gradient does and make the value NaN.</remarks>
internal sealed class ReducedGradient : autograd.SingleTensorFunction<ReducedGradient>
{
    /// <inheritdoc/>
    public override string Name => nameof(ReducedGradient);

    /// <summary>The value with its gradient: that by the weights it has already, and that of the part by the embeddings.</summary>
    public static Tensor Attach(Tensor value, MiningProblem problem, LossPart part, Tensor scale)
    {
        var anchors = (part.AnchorGradient! * scale).to_type(problem.Embeddings.dtype);
        return part.ReferenceGradient is { } references
            ? apply(
                value, problem.Embeddings, FirstOrderOnly.Trace(problem.Embeddings), anchors,
                problem.References!, FirstOrderOnly.Trace(problem.References!), (references * scale).to_type(anchors.dtype))
            : Attach(value, problem.Embeddings, anchors);
    }

    /// <summary>The value with a gradient of its points.</summary>
    public static Tensor Attach(Tensor value, Tensor points, Tensor gradient) => apply(value, points, FirstOrderOnly.Trace(points), gradient);

    /// <inheritdoc/>
    /// <param name="ctx">Keeps the gradients.</param>
    /// <param name="vars">The value, then points, their trace and their gradient, of anchors and, where they want one, of references.</param>
    public override Tensor forward(Context ctx, params object[] vars)
    {
        ctx.save_for_backward([.. vars.Cast<Tensor>().Where((_, i) => i % 3 != 1).Skip(1)]);
        return ((Tensor)vars[0]).alias();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(Context ctx, Tensor gradOutput)
    {
        using var scope = NewDisposeScope();
        var gradients = new List<Tensor?> { gradOutput.alias() };
        var saved = ctx.get_saved_variables();
        for (var i = 0; i < saved.Count; i += 2)
            gradients.AddRange([FirstOrderOnly.Guarded(saved[i + 1] * gradOutput, saved[i]), null, null]);
        return HandedOver.From(gradOutput, gradients);
    }
}
