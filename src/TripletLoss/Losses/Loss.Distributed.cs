using static TorchSharp.torch;

namespace TripletLoss;

public abstract partial class Loss
{
    /// <summary>The rule and distance of a loss that mines; null for any other.</summary>
    internal MinedLoss? Mined { get; }

    /// <summary>The loss that one process would compute on the samples of all ranks, in rank order: the same value on every rank, with the gradient with respect to this rank's embeddings.</summary>
    /// <remarks>
    /// <para>
    /// Every rank calls this, with as many samples as it has, even none. All communication is over when it returns: <c>backward()</c> is local, and may be left out. Every rank's <c>backward()</c> gives its parameters its samples' part of
    /// one gradient: add the parts up with <c>group.SumGradients(parameters)</c>.
    /// </para>
    /// <para>
    /// From three ranks on a loss of this library that mines is shared out, each rank mining its own anchors against the samples of all. Below that, and for any other loss, every rank computes all of it.
    /// </para>
    /// </remarks>
    /// <param name="yTrue">This rank's labels [b] or [b, 1].</param>
    /// <param name="yPred">This rank's embeddings [b, d], b ≥ 0; d and the type are the same on every rank.</param>
    /// <param name="group">The ranks.</param>
    /// <param name="sampleWeight">The weights of this rank's anchors, as for <see cref="Call(Tensor, Tensor, Tensor?)"/>; on every rank or on none.</param>
    /// <returns>A scalar; float32, or float64 for float64 embeddings.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException">A tensor or <paramref name="group"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The reduction is <see cref="LossReduction.None"/>; or the ranks disagree about the loss, the dim, the type or the weights; or another rank failed. All ranks throw then, and are still in step.
    /// </exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, IProcessGroup group, Tensor? sampleWeight = null) =>
        AmongAll(yTrue, yPred, group, sampleWeight).Evaluate();

    /// <summary>The same, and a report on the samples of all ranks: the same on every rank, each of which computes all of it.</summary>
    /// <param name="yTrue">This rank's labels [b] or [b, 1].</param>
    /// <param name="yPred">This rank's embeddings [b, d].</param>
    /// <param name="group">The ranks.</param>
    /// <param name="report">What the samples of all ranks held.</param>
    /// <param name="sampleWeight">The weights of this rank's anchors; on every rank or on none.</param>
    /// <returns>As the other overload.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException">A tensor or <paramref name="group"/> is null.</exception>
    /// <exception cref="InvalidOperationException">As for the other overload.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, IProcessGroup group, out TripletReport report, Tensor? sampleWeight = null)
    {
        var builder = new ReportBuilder();
        var value = AmongAll(yTrue, yPred, group, sampleWeight).Evaluate(builder);
        report = builder.Report;
        return value;
    }

    /// <summary>What the samples of all ranks hold for this loss; no gradient is computed.</summary>
    /// <param name="yTrue">This rank's labels [b] or [b, 1].</param>
    /// <param name="yPred">This rank's embeddings [b, d].</param>
    /// <param name="group">The ranks.</param>
    /// <param name="sampleWeight">The weights of this rank's anchors; on every rank or on none.</param>
    /// <returns>The report, the same on every rank.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException">A tensor or <paramref name="group"/> is null.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Call(Tensor, Tensor, IProcessGroup, Tensor?)"/>.</exception>
    public TripletReport Inspect(Tensor yTrue, Tensor yPred, IProcessGroup group, Tensor? sampleWeight = null)
    {
        using var noGradient = no_grad();
        using var value = Call(yTrue, yPred, group, out var report, sampleWeight);
        return report;
    }

    /// <summary>Checks the arguments of a call.</summary>
    internal virtual void Validate(BatchArguments arguments) => arguments.Validate();

    /// <summary>This rank's labels as they are among those of all ranks.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="firstRow">Where this rank's embeddings begin.</param>
    internal virtual Tensor LabelsAmongAll(Tensor labels, long firstRow) => labels.reshape(-1).to_type(int64);

    private GlobalBatch AmongAll(Tensor yTrue, Tensor yPred, IProcessGroup group, Tensor? sampleWeight)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new GlobalBatch(this, new BatchArguments(yTrue, yPred, null, sampleWeight), group);
    }
}
