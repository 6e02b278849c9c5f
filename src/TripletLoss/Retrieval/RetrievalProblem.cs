namespace TripletLoss;

/// <summary>Queries and references whose nearest matches are to be ranked: checked, with labels on the host.</summary>
internal sealed class RetrievalProblem
{
    // From there on it is cheaper to sort the row than to sort the matches and place the rest among them.
    private const int ManyMatches = 400;

    private readonly LabelClasses _referenceClasses;
    private readonly long[]? _queryGroups;
    private readonly long[]? _referenceGroups;

    /// <summary>Checks and describes the question; no gallery: each query looks for the others.</summary>
    /// <exception cref="ArgumentException">An argument is wrong.</exception>
    public RetrievalProblem(LabelledEmbeddings queries, LabelledEmbeddings? gallery, RetrievalOptions options)
    {
        queries.Validate();
        gallery?.Validate();
        Search = new SearchProblem(
            queries.Embeddings, queries.EmbeddingsName, gallery?.Embeddings, gallery?.EmbeddingsName ?? "", options.Distance, options.SelfIndices);
        QueryLabels = HostLabels.Of(queries.Labels, queries.LabelsName);
        var referenceLabels = gallery is { } other ? HostLabels.Of(other.Labels, other.LabelsName) : QueryLabels;
        if (options.SelfIndices is not null)
            RequireCopies(referenceLabels);
        if (options.Ignore is { } groups)
        {
            _queryGroups = SearchProblem.Integers(groups.Queries, Search.QueryCount, "per query", "ignore");
            _referenceGroups = SearchProblem.Integers(groups.Gallery, Search.ReferenceCount, "per reference", "ignore");
        }
        _referenceClasses = new LabelClasses(referenceLabels);
        QueryClasses = Array.ConvertAll(QueryLabels, _referenceClasses.Find);
        ReferenceClasses = Search.IsOneSet ? QueryClasses : _referenceClasses.NumberOfEach();
        Queries = [.. Enumerable.Range(0, QueryLabels.Length).Where(query => MatchCount(query) > 0)];
        if (Queries.Length == 0)
            Warning = WhyNobodyHasAMatch(queries, gallery);
    }

    /// <summary>The embeddings.</summary>
    public SearchProblem Search { get; }

    /// <summary>The labels of all queries.</summary>
    public long[] QueryLabels { get; }

    /// <summary>For each query, the number of the references' class that has its label; −1 for none.</summary>
    public int[] QueryClasses { get; }

    /// <summary>The number of each reference's class.</summary>
    public int[] ReferenceClasses { get; }

    /// <summary>The queries that have a match, in ascending order.</summary>
    public int[] Queries { get; }

    /// <summary>Why no query has a match; null where one has.</summary>
    public string? Warning { get; }

    /// <summary>Whether rows are best sorted, for which float64 is wanted: in float32 too many distances are too close to tell.</summary>
    public bool HasManyMatches => Queries.Sum(query => (long)MatchCount(query)) > (long)ManyMatches * Queries.Length;

    /// <summary>The references of a query's label in ascending order, those that are left out included.</summary>
    public ReadOnlySpan<int> SameLabel(int query) => QueryClasses[query] < 0 ? [] : _referenceClasses.Members(QueryClasses[query]);

    /// <summary>Whether a reference of the query's label does not count: its own copy, or one of its group.</summary>
    public bool IsLeftOut(int query, int reference) =>
        reference == Search.Self(query) || (_queryGroups is not null && _queryGroups[query] == _referenceGroups![reference]);

    /// <summary>Why no sample has a match among the others, without a full stop.</summary>
    public static string NoLabelTwice(long samples, string labels) => $"none of the {samples} samples has a match: no label occurs twice in {labels}";

    /// <summary>Why no query has a match, without a full stop.</summary>
    public static string NoLabelAmong(long queries, string labels, long references, string referenceLabels) =>
        $"none of the {queries} queries has a match: no label of {labels} occurs among the {references} of {referenceLabels}";

    private int MatchCount(int query)
    {
        var sameLabel = SameLabel(query);
        if (_queryGroups is null)
            return sameLabel.Length - (Search.Self(query) >= 0 ? 1 : 0);
        int count = 0;
        foreach (int reference in sameLabel)
            count += IsLeftOut(query, reference) ? 0 : 1;
        return count;
    }

    private void RequireCopies(long[] referenceLabels)
    {
        for (int query = 0; query < QueryLabels.Length; query++)
        {
            int self = Search.Self(query);
            if (self >= 0 && referenceLabels[self] != QueryLabels[query])
            {
                throw new ArgumentException(
                    $"selfIndices must point at copies, but query {query} has label {QueryLabels[query]} and reference {self} has label {referenceLabels[self]}.",
                    "selfIndices");
            }
        }
    }

    private string WhyNobodyHasAMatch(LabelledEmbeddings queries, LabelledEmbeddings? gallery)
    {
        string except = _queryGroups is null ? "" : ", except in ignored pairs";
        return gallery is not { } other
            ? NoLabelTwice(Search.QueryCount, queries.LabelsName) + except + "."
            : NoLabelAmong(Search.QueryCount, queries.LabelsName, Search.ReferenceCount, other.LabelsName) + except + (Search.HasSelves ? ", except as the queries' own copies." : ".");
    }
}
