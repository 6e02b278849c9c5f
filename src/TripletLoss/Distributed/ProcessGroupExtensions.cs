using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What training over several processes needs in addition to the loss.</summary>
public static class ProcessGroupExtensions
{
    /// <summary>Replaces the gradients by their sum over all ranks, on every rank: between <c>backward()</c> and the optimizer's step.</summary>
    /// <remarks>
    /// <para>
    /// A sum and not a mean: what each rank has after <c>loss.Call(yTrue, yPred, group)</c> and <c>backward()</c> is its samples' part of the gradient of one loss, which is divided by the number of all
    /// samples already. After an optimizer's step every rank has the network that one process would have.
    /// </para>
    /// <para>A parameter without a gradient counts as zeros, and keeps none where no rank has one. Gradients in half types are added in float32.</para>
    /// </remarks>
    /// <param name="group">The ranks; all call this.</param>
    /// <param name="parameters">The parameters of the network, the same on every rank; those that require no gradient are left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> or <paramref name="parameters"/> is null.</exception>
    /// <exception cref="ArgumentException">A parameter is complex, or its gradient sparse.</exception>
    /// <exception cref="InvalidOperationException">The ranks have different parameters, are at something else, or another rank failed; all ranks throw.</exception>
    /// <example><code>
    /// ThreadGroup.Run(1, group =>
    /// {
    ///     using var value = loss.Call(labels, model.call(images), group);
    ///     optimizer.zero_grad();
    ///     value.backward();
    ///     group.SumGradients(model.parameters());
    ///     optimizer.step();
    /// });
    /// </code></example>
    public static void SumGradients(this IProcessGroup group, IEnumerable<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(group);
        GradientSum.Run(group, parameters);
    }
}
