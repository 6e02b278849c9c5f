using static TorchSharp.torch;

namespace TripletLoss;

public sealed partial class GradientCache
{
    /// <summary>The batch's loss alone, encoded chunk by chunk under <c>no_grad</c>: for validation. A memory stores nothing.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="inputs">What the network takes, [B, …].</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <exception cref="ArgumentException">Labels and inputs do not belong together, or the loss refuses labels or weights.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="inputs"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model has batch normalisation that takes its statistics from the batch, the network does not return [n, d], or the loss no scalar.
    /// </exception>
    /// <remarks>Random layers draw numbers as in one pass; call <c>eval()</c> on the model first.</remarks>
    public Tensor Evaluate(Tensor yTrue, Tensor inputs, Tensor? sampleWeight = null) => Evaluate(yTrue, OneInput(inputs), sampleWeight);

    /// <summary>The same for a network with several inputs.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="inputs">What the network takes, each [B, …].</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <inheritdoc cref="Evaluate(Tensor, Tensor, Tensor?)" path="/exception"/>
    public Tensor Evaluate(Tensor yTrue, Tensor[] inputs, Tensor? sampleWeight = null) =>
        Evaluate(yTrue, inputs, sampleWeight, embeddings => _loss(yTrue, embeddings, sampleWeight));

    /// <summary>The same, and a report from the same pass.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="inputs">What the network takes, [B, …].</param>
    /// <param name="report">What the batch held for the loss.</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <exception cref="ArgumentException">Labels and inputs do not belong together, or the loss refuses labels or weights.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="inputs"/> is null.</exception>
    /// <exception cref="InvalidOperationException">As for the overload without a report; or the cache was made with a function for the loss, which has none.</exception>
    public Tensor Evaluate(Tensor yTrue, Tensor inputs, out TripletReport report, Tensor? sampleWeight = null) =>
        Evaluate(yTrue, OneInput(inputs), out report, sampleWeight);

    /// <summary>The same for a network with several inputs, with a report from the same pass.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="inputs">What the network takes, each [B, …].</param>
    /// <param name="report">What the batch held for the loss.</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <inheritdoc cref="Evaluate(Tensor, Tensor, out TripletReport, Tensor?)" path="/exception"/>
    public Tensor Evaluate(Tensor yTrue, Tensor[] inputs, out TripletReport report, Tensor? sampleWeight = null)
    {
        var loss = ReportingLoss;
        TripletReport? found = null;
        var value = Evaluate(yTrue, inputs, sampleWeight, embeddings => loss.Call(yTrue, embeddings, out found, sampleWeight));
        report = found!;
        return value;
    }

    private Tensor Evaluate(Tensor yTrue, Tensor[] inputs, Tensor? sampleWeight, Func<Tensor, Tensor> loss)
    {
        Validate(yTrue, inputs);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var leaves = new GradientCacheInputs(inputs);
        var chunks = new GradientCacheChunks(_encoder.Encode, leaves, ChunkSize, _calls);
        var embeddings = chunks.Encode(first => ValidateForLoss(yTrue, first, leaves.Count, sampleWeight));
        var value = RequireScalar(loss(embeddings)).detach();
        KeepAlive(yTrue, inputs, sampleWeight);
        return value.MoveToOuterDisposeScope();
    }
}
