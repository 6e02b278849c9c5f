using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The tensors of a case. Make it inside a dispose scope.</summary>
internal sealed class CaseTensors
{
    private readonly RandomCase _case;

    public CaseTensors(RandomCase @case)
    {
        _case = @case;
        Labels = LabelsOf(@case.Points);
        Embeddings = EmbeddingsOf(@case.Points, wantGradient: true);
        Weights = WeightsOf(@case);
        if (@case.References is { } references)
        {
            References = new ReferenceSet(
                LabelsOf(references.Points), EmbeddingsOf(references.Points, references.WantGradient),
                references.OwnCopies is null ? null : Integers(references.OwnCopies));
        }
    }

    public Tensor Labels { get; }

    public Tensor Embeddings { get; }

    public Tensor? Weights { get; }

    public ReferenceSet? References { get; }

    /// <summary>The batch as its type rounded it.</summary>
    public OracleBatch ForOracle()
    {
        var anchors = Rows(Embeddings);
        return _case.References is not { } references
            ? OracleBatch.Of(_case.Points.Labels, anchors)
            : OracleBatch.Of(_case.Points.Labels, anchors, references.Points.Labels, Rows(References!.Embeddings), references.OwnCopies);
    }

    private static double[][] Rows(Tensor tensor) =>
        OracleBatch.Rows(TensorNumbers.Of(tensor), (int)tensor.shape[0], (int)tensor.shape[1]);

    private static Tensor Integers(long[] values) => values.Length == 0 ? zeros(0, int64) : tensor(values);

    private static Tensor? WeightsOf(RandomCase @case)
    {
        var (kind, values) = (@case.Weights.Kind, @case.Weights.Values);
        var weights = kind switch
        {
            WeightKind.None => null,
            WeightKind.Scalar => tensor(values[0]),
            WeightKind.Column => TensorNumbers.ToTensor(values, values.Length, 1),
            _ => TensorNumbers.ToTensor(values, values.Length),
        };
        return weights?.to_type(@case.Type == ScalarType.Float64 ? float64 : float32).detach().requires_grad_(@case.Weights.WantGradient);
    }

    private Tensor LabelsOf(CasePoints points)
    {
        var labels = Integers(points.Labels).to_type(_case.LabelType);
        return _case.Layout.Lay(_case.LabelsAreColumn ? labels.reshape(-1, 1) : labels);
    }

    private Tensor EmbeddingsOf(CasePoints points, bool wantGradient) =>
        _case.Layout.Lay(TensorNumbers.ToTensor(points.Values, points.Labels.Length, points.Dim).to_type(_case.Type)).requires_grad_(wantGradient);
}
