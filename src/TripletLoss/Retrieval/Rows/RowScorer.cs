using System.Numerics;

namespace TripletLoss;

/// <summary>Ranks the matches of queries in their rows of distances; one for each thread, for its scratch memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RowScorer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A pass over the row for every four matches; a histogram costs as much as some six of them.
    private const int FewMatches = 24;

    private readonly RetrievalProblem _problem;
    private readonly BoundedRow<T> _row;
    private readonly RowCounter<T> _counter;
    private readonly RankHistogram? _histogram;
    private readonly RowSorter? _sorter;
    private readonly bool _alwaysSorts;
    private readonly int[] _matches;
    private readonly int[] _ranks;

    public RowScorer(RetrievalProblem problem, DistanceBounds<T> distances)
    {
        _problem = problem;
        _row = new BoundedRow<T>(distances);
        _counter = new RowCounter<T>(_row);
        _histogram = _row is BoundedRow<float> narrow ? new RankHistogram(narrow) : null;
        _sorter = _row is BoundedRow<double> row ? new RowSorter(row) : null;
        // Their distances may be few whole numbers, which leave a count of bounds open everywhere.
        _alwaysSorts = distances.AreExact;
        _matches = new int[distances.ReferenceCount];
        _ranks = new int[distances.ReferenceCount];
    }

    /// <summary>The ranks of a query's matches in ascending order, valid until the next call.</summary>
    public ReadOnlySpan<int> Ranks(int row, int query)
    {
        _row.Read(row);
        int count = 0;
        foreach (int reference in _problem.SameLabel(query))
        {
            if (_problem.IsLeftOut(query, reference))
                _row.LeaveOut(reference);
            else
                _matches[count++] = reference;
        }
        var ranks = _ranks.AsSpan(0, count);
        if (count <= FewMatches && !_alwaysSorts && _counter.TryRank(_matches.AsSpan(0, count), ranks))
            ranks.Sort();
        else if (_histogram is not null)
            _histogram.Rank(_matches.AsSpan(0, count), ranks);
        else
            Sort(query, ranks);
        return ranks;
    }

    private void Sort(int query, Span<int> ranks)
    {
        var order = _sorter!.Order();
        int ownClass = _problem.QueryClasses[query];
        int found = 0;
        for (int i = 0; found < ranks.Length; i++)
        {
            ranks[found] = i + 1;
            found += _problem.ReferenceClasses[order[i]] == ownClass ? 1 : 0;
        }
    }
}
