using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Labels and embeddings that belong together, and the names a caller knows them by.</summary>
internal sealed record LabelledEmbeddings(Tensor Labels, Tensor Embeddings, string LabelsName, string EmbeddingsName)
{
    private string SwapHint => Labels.is_floating_point() && !Embeddings.is_floating_point()
        ? $" Did you swap {LabelsName} and {EmbeddingsName}?"
        : "";

    /// <summary>Checks types, shapes and devices.</summary>
    /// <exception cref="ArgumentException">One is wrong.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Labels, LabelsName);
        ArgumentNullException.ThrowIfNull(Embeddings, EmbeddingsName);
        ValidateEmbeddings(Embeddings, EmbeddingsName, SwapHint);
        ValidateLabels();
        if (Labels.size(0) != Embeddings.size(0))
        {
            throw new ArgumentException(
                $"{LabelsName} and {EmbeddingsName} must have one row per sample, got {Labels.size(0)} labels " +
                $"and {Embeddings.size(0)} embeddings.", LabelsName);
        }
        if (Labels.device.ToString() != Embeddings.device.ToString())
        {
            throw new ArgumentException(
                $"{LabelsName} is on {Labels.device} but {EmbeddingsName} is on {Embeddings.device}. Move them to one device.", LabelsName);
        }
    }

    /// <summary>Checks what all losses ask of embeddings.</summary>
    public static void ValidateEmbeddings(Tensor embeddings, string name, string hint)
    {
        if (embeddings.is_sparse)
            throw new ArgumentException($"{name} must be dense, got sparse {Describe.Tensor(embeddings)}. to_dense() makes it so.", name);
        if (!embeddings.is_floating_point() || embeddings.ndim != 2)
            throw new ArgumentException($"{name} must be float embeddings [batch, dim], got {Describe.Tensor(embeddings)}.{hint}", name);
        if (embeddings.size(1) == 0)
            throw new ArgumentException($"{name} must have at least one dimension, got {Describe.Tensor(embeddings)}.", name);
    }

    private void ValidateLabels()
    {
        if (Labels.is_sparse)
            throw new ArgumentException($"{LabelsName} must be dense, got sparse {Describe.Tensor(Labels)}. to_dense() makes it so.", LabelsName);
        if (!Labels.is_integral() || Labels.dtype == ScalarType.Bool)
        {
            throw new ArgumentException(
                $"{LabelsName} must be integer labels [batch] or [batch, 1], got {Describe.Tensor(Labels)}.{SwapHint}", LabelsName);
        }
        if (Labels.ndim is not (1 or 2) || (Labels.ndim == 2 && Labels.size(1) != 1))
        {
            throw new ArgumentException(
                $"{LabelsName} must be integer labels [batch] or [batch, 1], got {Describe.Tensor(Labels)}.", LabelsName);
        }
    }
}
