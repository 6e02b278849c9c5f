using static TorchSharp.torch;

namespace TripletLoss;

public abstract partial class Loss
{
    /// <summary>What a batch holds for this loss; no gradient is computed.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="yPred">The embeddings [B, d].</param>
    /// <param name="sampleWeight">As for <see cref="Call(Tensor, Tensor, Tensor?)"/>.</param>
    /// <returns>The report; degenerate batches and embeddings that are not finite have one too.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public TripletReport Inspect(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) =>
        Inspect(new BatchArguments(yTrue, yPred, null, sampleWeight));

    /// <summary>What a batch and its references hold for this loss; no gradient is computed.</summary>
    /// <param name="yTrue">The anchors' labels [B] or [B, 1].</param>
    /// <param name="yPred">The anchors' embeddings [B, d].</param>
    /// <param name="references">What to mine against.</param>
    /// <param name="sampleWeight">As for <see cref="Call(Tensor, Tensor, Tensor?)"/>.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public TripletReport Inspect(Tensor yTrue, Tensor yPred, ReferenceSet references, Tensor? sampleWeight = null) =>
        Inspect(new BatchArguments(yTrue, yPred, references, sampleWeight));

    /// <summary>The loss of a batch that mines itself, and a report on it from the same pass.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="yPred">The embeddings [B, d].</param>
    /// <param name="report">What the batch held.</param>
    /// <param name="sampleWeight">As for <see cref="Call(Tensor, Tensor, Tensor?)"/>.</param>
    /// <returns>As <see cref="Call(Tensor, Tensor, Tensor?)"/>.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, out TripletReport report, Tensor? sampleWeight = null) =>
        Evaluate(new BatchArguments(yTrue, yPred, null, sampleWeight), out report);

    /// <summary>The loss of a batch against references, and a report on it from the same pass.</summary>
    /// <param name="yTrue">The anchors' labels [B] or [B, 1].</param>
    /// <param name="yPred">The anchors' embeddings [B, d].</param>
    /// <param name="references">What to mine against.</param>
    /// <param name="report">What batch and references held.</param>
    /// <param name="sampleWeight">As for <see cref="Call(Tensor, Tensor, Tensor?)"/>.</param>
    /// <returns>As <see cref="Call(Tensor, Tensor, Tensor?)"/>.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public Tensor Call(
        Tensor yTrue, Tensor yPred, ReferenceSet references, out TripletReport report, Tensor? sampleWeight = null) =>
        Evaluate(new BatchArguments(yTrue, yPred, references, sampleWeight), out report);

    /// <summary>Computes under <c>no_grad</c> and keeps the report alone.</summary>
    internal TripletReport Inspect(BatchArguments arguments)
    {
        using var noGradient = no_grad();
        using var value = Evaluate(arguments, out var report);
        return report;
    }

    /// <summary>Computes with a report.</summary>
    internal Tensor Evaluate(BatchArguments arguments, out TripletReport report)
    {
        var builder = new ReportBuilder();
        var value = Evaluate(arguments, builder);
        report = builder.Report;
        return value;
    }
}
