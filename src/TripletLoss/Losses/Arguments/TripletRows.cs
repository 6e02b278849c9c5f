using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Triplets as rows of embeddings: [T, 3] indices of anchor, positive and negative.</summary>
internal readonly record struct TripletRows(BatchArguments Arguments)
{
    /// <summary>Checks types, shapes, devices and, on a CPU, every index (a GPU would have to wait for it).</summary>
    /// <exception cref="ArgumentException">Something is wrong.</exception>
    public void Validate()
    {
        var (triplets, embeddings) = (Arguments.Labels, Arguments.Embeddings);
        var (tripletsName, embeddingsName) = (Arguments.LabelsName, Arguments.EmbeddingsName);
        ArgumentNullException.ThrowIfNull(triplets, tripletsName);
        ArgumentNullException.ThrowIfNull(embeddings, embeddingsName);
        if (Arguments.References is not null)
            throw new ArgumentException($"explicit triplets take no references: their rows are rows of {embeddingsName}.", "references");
        LabelledEmbeddings.ValidateEmbeddings(embeddings, embeddingsName, SwapHint);
        if (!triplets.is_integral() || triplets.dtype == ScalarType.Bool || triplets.is_sparse || triplets.shape is not [_, 3])
        {
            throw new ArgumentException(
                $"{tripletsName} must be triplets [count, 3]: the rows of anchor, positive and negative in {embeddingsName}, got {Describe.Tensor(triplets)}.{SwapHint}", tripletsName);
        }
        if (triplets.device.ToString() != embeddings.device.ToString())
            throw new ArgumentException($"{tripletsName} is on {triplets.device} but {embeddingsName} is on {embeddings.device}. Move them to one device.", tripletsName);
        if (triplets.device_type == TorchSharp.DeviceType.CPU && triplets.size(0) > 0)
            ValidateIndices(triplets, embeddings.size(0), tripletsName);
        if (Arguments.SampleWeight is { } weight)
            BatchArguments.ValidateWeight(weight, triplets, "per triplet");
    }

    /// <summary>The points of the triplets.</summary>
    public ExplicitTriplets Gather()
    {
        var rows = Arguments.Labels.to_type(int64);
        return new ExplicitTriplets(Points(rows, 0), Points(rows, 1), Points(rows, 2));
    }

    private string SwapHint => Arguments.Labels.is_floating_point() && !Arguments.Embeddings.is_floating_point()
        ? $" Did you swap {Arguments.LabelsName} and {Arguments.EmbeddingsName}?"
        : "";

    private Tensor Points(Tensor rows, long column) => Arguments.Embeddings.index_select(0, rows.select(1, column));

    private static void ValidateIndices(Tensor triplets, long rows, string name)
    {
        using var scope = NewDisposeScope();
        var (least, most) = (triplets.min().to_type(int64).item<long>(), triplets.max().to_type(int64).item<long>());
        if (least < 0 || most >= rows)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} must be rows of {rows} embeddings, 0 to {rows - 1}, got {least} to {most}."), name);
    }
}
