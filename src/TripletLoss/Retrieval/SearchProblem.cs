using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Queries and what they search: checked, and in the type they are computed in.</summary>
internal sealed class SearchProblem
{
    private readonly long[]? _selfIndices;

    /// <summary>Checks and describes a search; no gallery: each query searches the others.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public SearchProblem(
        Tensor queries, string queriesName, Tensor? gallery, string galleryName, Distance? distance, Tensor? selfIndices = null, string selfIndicesName = "selfIndices")
    {
        Require(queries, queriesName);
        if (gallery is not null)
        {
            Require(gallery, galleryName);
            RequireSameSpace(queries, queriesName, gallery, galleryName);
        }
        RequireFinite(queries, queriesName);
        if (gallery is not null)
            RequireFinite(gallery, galleryName);

        Distance = distance ?? Distance.SquaredEuclidean;
        IsOneSet = gallery is null;
        var type = queries.dtype == float64 || gallery?.dtype == float64 ? float64 : float32;
        Queries = queries.detach().to_type(type);
        Gallery = gallery?.detach().to_type(type) ?? Queries;
        if (selfIndices is not null)
            _selfIndices = OwnIndices(selfIndices, selfIndicesName);
    }

    /// <summary>The distance.</summary>
    public Distance Distance { get; }

    /// <summary>Whether the queries are their own gallery.</summary>
    public bool IsOneSet { get; }

    /// <summary>[Q, d], float32 or float64.</summary>
    public Tensor Queries { get; }

    /// <summary>[N, d], of the same type.</summary>
    public Tensor Gallery { get; }

    /// <summary>The number of queries Q.</summary>
    public int QueryCount => (int)Queries.size(0);

    /// <summary>The number of references N, a query's own copy included.</summary>
    public int ReferenceCount => (int)Gallery.size(0);

    /// <summary>Whether queries were said to have copies in a gallery.</summary>
    public bool HasSelves => _selfIndices is not null;

    /// <summary>Whether distances are to be computed in float64: a custom one, that of float64 embeddings, and where it pays.</summary>
    public bool IsWide(bool pays = false) => pays || Queries.dtype == float64 || Distance.CustomMatrix is not null;

    /// <summary>Where a query's own copy stands among the references; −1 where it has none.</summary>
    public int Self(int query) => IsOneSet ? query : (int)(_selfIndices?[query] ?? -1);

    /// <summary>Some rows of a matrix.</summary>
    public static Tensor Select(Tensor matrix, ReadOnlySpan<int> rows)
    {
        var indices = new long[rows.Length];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = rows[i];
        return matrix.index_select(0, tensor(indices, device: matrix.device));
    }

    /// <summary>Copies integers, one per row, to the host.</summary>
    /// <exception cref="ArgumentException">They are something else.</exception>
    public static long[] Integers(Tensor integers, long count, string what, string parameter)
    {
        ArgumentNullException.ThrowIfNull(integers, parameter);
        if (!integers.is_integral() || integers.dtype == ScalarType.Bool || integers.is_sparse || integers.shape is not ([_] or [_, 1]) || integers.size(0) != count)
            throw new ArgumentException($"{parameter} must hold integers [{count}], one {what}, got {Describe.Tensor(integers)}.", parameter);
        return HostCopy.Of<long>(integers.detach().to_type(int64));
    }

    private long[] OwnIndices(Tensor selfIndices, string name)
    {
        var indices = Integers(selfIndices, QueryCount, "per query", name);
        int wrong = Array.FindIndex(indices, index => index < -1 || index >= ReferenceCount);
        return wrong < 0
            ? indices
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} must be −1 or the index of one of {ReferenceCount} references, got {indices[wrong]} for query {wrong}."), name);
    }

    private static void Require(Tensor embeddings, string name)
    {
        ArgumentNullException.ThrowIfNull(embeddings, name);
        LabelledEmbeddings.ValidateEmbeddings(embeddings, name, "");
        if (embeddings.size(0) > Array.MaxLength)
            throw new ArgumentException($"{name} must have at most {Array.MaxLength} rows, got {Describe.Tensor(embeddings)}.", name);
    }

    private static void RequireSameSpace(Tensor queries, string queriesName, Tensor gallery, string galleryName)
    {
        if (gallery.size(1) != queries.size(1))
            throw new ArgumentException($"{galleryName} must have the dim of {queriesName}, {queries.size(1)}, got {Describe.Tensor(gallery)}.", galleryName);
        if (gallery.device.ToString() != queries.device.ToString())
            throw new ArgumentException($"{galleryName} is on {gallery.device} but {queriesName} is on {queries.device}. Move them to one device.", galleryName);
    }

    private static void RequireFinite(Tensor embeddings, string name)
    {
        using var scope = NewDisposeScope();
        var finite = embeddings.detach().isfinite().all(1);
        if (finite.all().item<bool>())
            return;
        var rows = finite.logical_not().nonzero();
        throw new ArgumentException(
            $"{name} must be finite, but {rows.size(0)} of {finite.size(0)} rows are not; the first is row {rows[0, 0].item<long>()}.", name);
    }
}
