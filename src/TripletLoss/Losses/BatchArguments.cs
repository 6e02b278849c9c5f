using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The arguments of a call, checked before any work and named in errors as the caller named them.</summary>
internal readonly record struct BatchArguments(
    Tensor Labels,
    Tensor Embeddings,
    ReferenceSet? References = null,
    Tensor? SampleWeight = null,
    string LabelsName = "yTrue",
    string EmbeddingsName = "yPred")
{
    private const string ReferencesName = "references";
    private const string WeightName = "sampleWeight";

    /// <summary>Checks all arguments.</summary>
    /// <exception cref="ArgumentException">One is wrong.</exception>
    public void Validate()
    {
        new LabelledEmbeddings(Labels, Embeddings, LabelsName, EmbeddingsName).Validate();
        if (References is { } references)
            ValidateReferences(references);
        if (SampleWeight is not null)
            ValidateWeight(SampleWeight);
    }

    /// <summary>The batch in the types it is computed in.</summary>
    public MiningProblem ToProblem()
    {
        var type = ComputingType(Embeddings.dtype);
        var embeddings = InType(Embeddings, type);
        var labels = Flat(Labels);
        return References is not { } references
            ? new MiningProblem(labels, embeddings, null, null, null)
            : new MiningProblem(
                labels, embeddings, Flat(references.Labels), InType(references.Embeddings, type),
                references.SelfIndices is null ? null : Flat(references.SelfIndices));
    }

    /// <summary>The weights as a scalar or [B]; null where there are none.</summary>
    public Tensor? Weights(MiningProblem problem) => SampleWeight is null || SampleWeight.ndim == 0
        ? SampleWeight
        : SampleWeight.reshape(problem.AnchorCount);

    // Where there is nothing to do, not even a view is made: on small batches operations are what a call costs.
    private static Tensor Flat(Tensor integers) => InType(integers.ndim == 1 ? integers : integers.reshape(-1), int64);

    private static Tensor InType(Tensor tensor, ScalarType type) => tensor.dtype == type ? tensor : tensor.to_type(type);

    private static ScalarType ComputingType(ScalarType type) => type == float64 ? float64 : float32;

    private void ValidateReferences(ReferenceSet references)
    {
        new LabelledEmbeddings(
            references.Labels, references.Embeddings, $"{ReferencesName}.Labels", $"{ReferencesName}.Embeddings").Validate();
        if (references.Embeddings.shape[1] != Embeddings.shape[1])
        {
            throw new ArgumentException(
                $"{ReferencesName}.Embeddings must have the dim of {EmbeddingsName}, {Embeddings.shape[1]}, " +
                $"got {Describe.Tensor(references.Embeddings)}.", ReferencesName);
        }
        if (references.Embeddings.device.ToString() != Embeddings.device.ToString())
        {
            throw new ArgumentException(
                $"{ReferencesName}.Embeddings are on {references.Embeddings.device} but {EmbeddingsName} is on {Embeddings.device}. " +
                "Move them to one device.", ReferencesName);
        }
        if (references.SelfIndices is not null)
            new OwnCopies(references, Labels).Validate(ReferencesName);
    }

    private void ValidateWeight(Tensor weight)
    {
        var batch = Embeddings.shape[0];
        var isPerAnchor = weight.shape is [var n] && n == batch || weight.shape is [var rows, 1] && rows == batch;
        if (weight.ndim != 0 && !isPerAnchor)
        {
            throw new ArgumentException(
                $"{WeightName} must be a scalar, [{batch}] or [{batch}, 1]: one weight an anchor, got {Describe.Tensor(weight)}.", WeightName);
        }
        if (weight.is_sparse)
            throw new ArgumentException($"{WeightName} must be dense, got sparse {Describe.Tensor(weight)}.", WeightName);
        if (weight.is_complex())
            throw new ArgumentException($"{WeightName} must be real numbers, got {Describe.Tensor(weight)}.", WeightName);
        if (weight.device.ToString() != Embeddings.device.ToString())
        {
            throw new ArgumentException(
                $"{WeightName} is on {weight.device} but {EmbeddingsName} is on {Embeddings.device}. Move them to one device.", WeightName);
        }
    }
}
