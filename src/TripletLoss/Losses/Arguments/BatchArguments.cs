using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The arguments of a call, checked before any work and named in errors as the caller named them.</summary>
/// <remarks>
/// A tensor that a caller made for the call alone, as the output of a network often is, may be collected as soon as this library holds no reference to it: TorchSharp passes the handles of tensors to libtorch,
/// which may still be reading one. So whatever takes a caller's tensors ends with a <see cref="GC.KeepAlive"/> of these arguments, or of the tensors.
/// </remarks>
internal sealed record BatchArguments(
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
            ValidateWeight(SampleWeight, Embeddings, "per anchor");
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

    /// <summary>The weights [rows] in the computing type; null where there are none.</summary>
    public Tensor? WeightsOfRows(long rows) => SampleWeight is null
        ? null
        : InType(SampleWeight.ndim == 0 ? SampleWeight.expand(rows) : SampleWeight.reshape(rows), ComputingType(Embeddings.dtype));

    // Where there is nothing to do, not even a view is made: on small batches operations are what a call costs.
    private static Tensor Flat(Tensor integers) => InType(integers.ndim == 1 ? integers : integers.reshape(-1), int64);

    private static Tensor InType(Tensor tensor, ScalarType type) => tensor.dtype == type ? tensor : tensor.to_type(type);

    private static ScalarType ComputingType(ScalarType type) => type == float64 ? float64 : float32;

    private void ValidateReferences(ReferenceSet references)
    {
        new LabelledEmbeddings(
            references.Labels, references.Embeddings, $"{ReferencesName}.Labels", $"{ReferencesName}.Embeddings").Validate();
        if (references.Embeddings.size(1) != Embeddings.size(1))
        {
            throw new ArgumentException(
                $"{ReferencesName}.Embeddings must have the dim of {EmbeddingsName}, {Embeddings.size(1)}, " +
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

    /// <summary>Checks weights.</summary>
    /// <param name="weight">The weights.</param>
    /// <param name="weighed">What is weighed, a row each.</param>
    /// <param name="row">What such a row is, in an error.</param>
    public static void ValidateWeight(Tensor weight, Tensor weighed, string row)
    {
        var count = weighed.size(0);
        var isOneARow = weight.shape is [var n] && n == count || weight.shape is [var rows, 1] && rows == count;
        if (weight.ndim != 0 && !isOneARow)
            throw new ArgumentException($"{WeightName} must be a scalar, [{count}] or [{count}, 1]: one weight {row}, got {Describe.Tensor(weight)}.", WeightName);
        if (weight.is_sparse)
            throw new ArgumentException($"{WeightName} must be dense, got sparse {Describe.Tensor(weight)}.", WeightName);
        if (weight.is_complex())
            throw new ArgumentException($"{WeightName} must be real numbers, got {Describe.Tensor(weight)}.", WeightName);
        if (weight.device.ToString() != weighed.device.ToString())
            throw new ArgumentException($"{WeightName} is on {weight.device} but what it weighs is on {weighed.device}. Move them to one device.", WeightName);
    }
}
