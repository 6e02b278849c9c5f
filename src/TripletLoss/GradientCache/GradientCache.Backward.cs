using static TorchSharp.torch;

namespace TripletLoss;

public sealed partial class GradientCache
{
    /// <summary>Adds the gradient of the batch's loss to the parameters' gradients, as <c>backward()</c> on it would; under <c>no_grad</c> too.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1], dense; for an <see cref="ExplicitTripletLoss"/> triplets [T, 3].</param>
    /// <param name="inputs">What the network takes, [B, …], B ≥ 0; a gradient that they want is added as well.</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <exception cref="ArgumentException">Labels and inputs do not belong together, or the loss refuses labels or weights; no gradient is added then.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="inputs"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model has batch normalisation that takes its statistics from the batch; the network does not return [n, d], or nothing in it wants a gradient; the loss is no scalar, or has no gradient by
    /// the embeddings; or inference mode is on. No gradient is added to the network then.
    /// </exception>
    public Tensor Backward(Tensor yTrue, Tensor inputs, Tensor? sampleWeight = null) => Backward(yTrue, OneInput(inputs), sampleWeight);

    /// <summary>The same for a network with several inputs.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="inputs">What the network takes, each [B, …].</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <inheritdoc cref="Backward(Tensor, Tensor, Tensor?)" path="/exception"/>
    public Tensor Backward(Tensor yTrue, Tensor[] inputs, Tensor? sampleWeight = null) =>
        Backward(yTrue, inputs, sampleWeight, embeddings => _loss(yTrue, embeddings, sampleWeight));

    /// <summary>The same, and a report from the same pass.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="inputs">What the network takes, [B, …].</param>
    /// <param name="report">What the batch held for the loss.</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <exception cref="ArgumentException">Labels and inputs do not belong together, or the loss refuses labels or weights; no gradient is added then.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="inputs"/> is null.</exception>
    /// <exception cref="InvalidOperationException">As for the overload without a report; or the cache was made with a function for the loss, which has none.</exception>
    public Tensor Backward(Tensor yTrue, Tensor inputs, out TripletReport report, Tensor? sampleWeight = null) =>
        Backward(yTrue, OneInput(inputs), out report, sampleWeight);

    /// <summary>The same for a network with several inputs, with a report from the same pass.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="inputs">What the network takes, each [B, …].</param>
    /// <param name="report">What the batch held for the loss.</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <inheritdoc cref="Backward(Tensor, Tensor, out TripletReport, Tensor?)" path="/exception"/>
    public Tensor Backward(Tensor yTrue, Tensor[] inputs, out TripletReport report, Tensor? sampleWeight = null)
    {
        var loss = ReportingLoss;
        TripletReport? found = null;
        var value = Backward(yTrue, inputs, sampleWeight, embeddings => loss.Call(yTrue, embeddings, out found, sampleWeight));
        report = found!;
        return value;
    }

    private Loss ReportingLoss => _lossObject ?? throw new InvalidOperationException(
        "only a Loss has a report, and this cache was made with a function. Take the report in the function, as in " +
        "(yTrue, yPred, weight) => memory.Call(yTrue, yPred, out report, weight).");

    private static Tensor[] OneInput(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [inputs];
    }

    private Tensor Backward(Tensor yTrue, Tensor[] inputs, Tensor? sampleWeight, Func<Tensor, Tensor> loss)
    {
        if (is_inference_mode_enabled())
            throw new InvalidOperationException("there are no gradients in inference mode: call Backward outside of it, or Evaluate for the value alone.");
        Validate(yTrue, inputs);
        using var scope = NewDisposeScope();
        using var gradientMode = enable_grad();
        var leaves = new GradientCacheInputs(inputs);
        var chunks = new GradientCacheChunks(_encoder.Encode, leaves, ChunkSize, ++_calls);
        var embeddings = chunks.Encode(first =>
        {
            GradientCacheChunks.RequireGradient(first);
            ValidateForLoss(yTrue, first, leaves.Count, sampleWeight);
        }).requires_grad_();
        var value = RequireScalar(loss(embeddings));
        if (!value.requires_grad)
            throw NoGradient("it has no graph at all. Was it detached, or computed under no_grad?");
        value.backward();
        chunks.PushBack(embeddings.grad ?? throw NoGradient("its graph does not lead to them."));
        leaves.PushBack();
        KeepAlive(yTrue, inputs, sampleWeight);
        return value.detach().MoveToOuterDisposeScope();
    }

    private void Validate(Tensor yTrue, Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(inputs);
        GradientCacheInputs.Validate(inputs, yTrue, _encoder.HasOneInput, hasLabelEach: _lossObject is not ExplicitTripletLoss);
        if (_encoder.Model is not null)
            GradientCacheModel.RefuseBatchStatistics(_encoder.Model);
    }

    private static void KeepAlive(Tensor yTrue, Tensor[] inputs, Tensor? sampleWeight)
    {
        GC.KeepAlive(yTrue);
        GC.KeepAlive(inputs);
        GC.KeepAlive(sampleWeight);
    }

    // As soon as a chunk tells the type, device and dim of the embeddings, and not after all of them.
    private void ValidateForLoss(Tensor yTrue, Tensor first, long count, Tensor? sampleWeight)
    {
        using var scope = NewDisposeScope();
        _lossObject?.Validate(new BatchArguments(yTrue, first.detach().narrow(0, 0, Math.Min(1, count)).expand(count, first.size(1)), null, sampleWeight));
    }

    private static Tensor RequireScalar(Tensor? value) => value is { ndim: 0 }
        ? value
        : throw new InvalidOperationException($"the loss must return a scalar, got {(value is null ? "null" : Describe.Tensor(value))}.");

    private static InvalidOperationException NoGradient(string reason) => new($"the loss must have a gradient with respect to the embeddings, but {reason}");
}
