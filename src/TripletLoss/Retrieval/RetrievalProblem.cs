using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Queries and references whose nearest matches are to be ranked: checked, with labels on the host.</summary>
internal sealed class RetrievalProblem
{
    private readonly LabelClasses _referenceClasses;

    /// <summary>Checks and describes the question; null references: each query looks for the others.</summary>
    /// <exception cref="ArgumentException">An argument is wrong, or no query has a match.</exception>
    public RetrievalProblem(LabelledEmbeddings queries, LabelledEmbeddings? references, Distance? distance)
    {
        queries.Validate();
        references?.Validate();
        if (references is { } gallery)
            RequireSameSpace(queries, gallery);
        RequireFinite(queries);
        if (references is { } finiteGallery)
            RequireFinite(finiteGallery);

        Distance = distance ?? Distance.SquaredEuclidean;
        LeavesSelfOut = references is null;
        QueryLabels = HostLabels.Of(queries.Labels, queries.LabelsName);
        ReferenceLabels = references is { } other ? HostLabels.Of(other.Labels, other.LabelsName) : QueryLabels;
        _referenceClasses = new LabelClasses(ReferenceLabels);
        QueryClasses = Array.ConvertAll(QueryLabels, _referenceClasses.Find);
        ReferenceClasses = LeavesSelfOut ? QueryClasses : _referenceClasses.NumberOfEach();
        Queries = [.. Enumerable.Range(0, QueryLabels.Length).Where(query => MatchCount(query) > 0)];
        if (Queries.Length == 0)
            throw NobodyHasAMatch(queries, references);

        var type = queries.Embeddings.dtype == float64 || references?.Embeddings.dtype == float64 ? float64 : float32;
        QueryEmbeddings = queries.Embeddings.detach().to_type(type);
        ReferenceEmbeddings = references?.Embeddings.detach().to_type(type) ?? QueryEmbeddings;
    }

    /// <summary>The distance.</summary>
    public Distance Distance { get; }

    /// <summary>Whether query i is reference i, and not to be found by itself.</summary>
    public bool LeavesSelfOut { get; }

    /// <summary>The labels of all queries.</summary>
    public long[] QueryLabels { get; }

    /// <summary>The labels of all references.</summary>
    public long[] ReferenceLabels { get; }

    /// <summary>For each query, the number of the references' class that has its label; −1 for none.</summary>
    public int[] QueryClasses { get; }

    /// <summary>The number of each reference's class.</summary>
    public int[] ReferenceClasses { get; }

    /// <summary>The queries that have a match, in ascending order.</summary>
    public int[] Queries { get; }

    /// <summary>[Q, d], all queries, float32 or float64.</summary>
    public Tensor QueryEmbeddings { get; }

    /// <summary>[N, d], of the same type.</summary>
    public Tensor ReferenceEmbeddings { get; }

    /// <summary>The number of references N, a query's own copy included.</summary>
    public int ReferenceCount => ReferenceLabels.Length;

    /// <summary>The references of a query's label in ascending order, its own copy included.</summary>
    public ReadOnlySpan<int> SameLabel(int query) => QueryClasses[query] < 0 ? [] : _referenceClasses.Members(QueryClasses[query]);

    /// <summary>The number of a query's matches R.</summary>
    public int MatchCount(int query) => SameLabel(query).Length - (LeavesSelfOut ? 1 : 0);

    private static void RequireSameSpace(LabelledEmbeddings queries, LabelledEmbeddings gallery)
    {
        if (gallery.Embeddings.shape[1] != queries.Embeddings.shape[1])
        {
            throw new ArgumentException(
                $"{gallery.EmbeddingsName} must have the dim of {queries.EmbeddingsName}, {queries.Embeddings.shape[1]}, " +
                $"got {Describe.Tensor(gallery.Embeddings)}.", gallery.EmbeddingsName);
        }
        if (gallery.Embeddings.device.ToString() != queries.Embeddings.device.ToString())
        {
            throw new ArgumentException(
                $"{gallery.EmbeddingsName} is on {gallery.Embeddings.device} but {queries.EmbeddingsName} is on {queries.Embeddings.device}. " +
                "Move them to one device.", gallery.EmbeddingsName);
        }
    }

    private static void RequireFinite(LabelledEmbeddings set)
    {
        var finite = set.Embeddings.detach().isfinite().all(1);
        if (finite.all().item<bool>())
            return;
        var rows = finite.logical_not().nonzero();
        throw new ArgumentException(
            $"{set.EmbeddingsName} must be finite, but {rows.shape[0]} of {finite.shape[0]} rows are not; the first is row " +
            $"{rows[0, 0].item<long>()}.", set.EmbeddingsName);
    }

    private static ArgumentException NobodyHasAMatch(LabelledEmbeddings queries, LabelledEmbeddings? references) => references is { } gallery
        ? new ArgumentException(
            $"none of the {queries.Labels.shape[0]} queries has a match: no label of {queries.LabelsName} occurs among the " +
            $"{gallery.Labels.shape[0]} of {gallery.LabelsName}.", queries.LabelsName)
        : new ArgumentException(
            $"none of the {queries.Labels.shape[0]} samples has a match: no label occurs twice in {queries.LabelsName}.", queries.LabelsName);
}
