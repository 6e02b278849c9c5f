using static TorchSharp.torch;
using Context = TorchSharp.torch.autograd.AutogradContext;

namespace TripletLoss;

/// <summary>Hangs the gradient that came with a reduced loss on its value.</summary>
/// <remarks>
/// What carries it are the products of the points with their gradients: libtorch's own backward of these makes the gradient by the points, which it can then hand to them without a copy.
/// The products may overflow where the gradient does not, and so nothing is added to the value: only this node knows them.
/// </remarks>
internal sealed class ReducedGradient : autograd.SingleTensorFunction<ReducedGradient>
{
    /// <inheritdoc/>
    public override string Name => nameof(ReducedGradient);

    /// <summary>The value with its gradient: that by the weights it has already, and that of a part by the embeddings, times a scale.</summary>
    public static Tensor Attach(Tensor value, MiningProblem problem, LossPart part, Tensor scale)
    {
        var anchors = Product(problem.Embeddings, part.AnchorGradient!);
        return part.ReferenceGradient is { } references
            ? apply(value, scale, anchors, Product(problem.References!, references))
            : apply(value, scale, anchors);
    }

    /// <summary>The value with a gradient of its points, times a scale.</summary>
    public static Tensor Attach(Tensor value, Tensor points, Tensor gradient, Tensor scale) => apply(value, scale, Product(points, gradient));

    /// <inheritdoc/>
    /// <param name="ctx">Keeps the scale and the products.</param>
    /// <param name="vars">The value, the scale, then the products.</param>
    public override Tensor forward(Context ctx, params object[] vars)
    {
        ctx.save_for_backward([.. vars.Skip(1).Cast<Tensor>()]);
        return ((Tensor)vars[0]).alias();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(Context ctx, Tensor gradOutput)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var products = saved.Skip(1);
        // What goes to the value reaches the weights, whose gradient depends on the points too.
        var gradient = products.Aggregate(gradOutput.alias(), FirstOrderOnly.Guarded);
        return HandedOver.From(gradOutput, [gradient, null, .. products.Select(product => Scaled(gradient, saved[0], product.dtype))]);
    }

    private static Tensor Scaled(Tensor gradient, Tensor scale, ScalarType type) => HostNumber.IsIn(gradient) && HostNumber.IsIn(scale)
        ? HostNumber.ToTensor(HostNumber.Of(gradient) * HostNumber.Of(scale), type)
        : gradient.mul(scale).to_type(type);

    private static Tensor Product(Tensor points, Tensor gradient)
    {
        var weights = gradient.dtype == points.dtype ? gradient : gradient.to_type(points.dtype);
        // libtorch counts the elements of a dot product in 32 bits.
        return points.numel() <= int.MaxValue ? points.reshape(-1).dot(weights.reshape(-1)) : (points * weights).sum();
    }
}
