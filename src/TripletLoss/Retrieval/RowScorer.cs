using System.Numerics;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Scores queries from their rows of distances; one for each thread, for its scratch memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RowScorer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Counting passes over the row for every few matches; buckets cost as much as some dozen matches, sorting as much as all of them.
    private const int FewMatches = 48;
    private const int ManyMatches = 2000;

    private readonly RetrievalProblem _problem;
    private readonly RowSorter<T> _sorter;
    private readonly RowBuckets _buckets;
    private readonly int[] _matches;
    private readonly int[] _ranks;

    public RowScorer(RetrievalProblem problem)
    {
        _problem = problem;
        _sorter = new RowSorter<T>(problem.ReferenceCount);
        _buckets = new RowBuckets(typeof(T) == typeof(float) ? problem.ReferenceCount : 0);
        _matches = new int[problem.ReferenceCount];
        _ranks = new int[problem.ReferenceCount];
    }

    /// <summary>Scores a query by its distances to all references; overwrites its own.</summary>
    public QueryScore Score(int query, Span<T> distances)
    {
        var ranks = _ranks.AsSpan(0, _problem.MatchCount(query));
        if (ranks.Length <= FewMatches)
            Count(query, distances, ranks);
        else if (ranks.Length > ManyMatches || !TryBuckets(query, distances, ranks))
            Sort(query, distances, ranks);
        return QueryScore.Of(ranks);
    }

    private void Count(int query, Span<T> distances, Span<int> ranks)
    {
        if (_problem.LeavesSelfOut)
            distances[query] = T.NaN;
        var matches = Matches(query);
        for (int i = 0; i < matches.Length; i += RowCounter.Block)
        {
            int count = Math.Min(RowCounter.Block, matches.Length - i);
            RowCounter.Rank<T>(distances, matches.Slice(i, count), ranks.Slice(i, count));
        }
        ranks.Sort();
    }

    private bool TryBuckets(int query, Span<T> distances, Span<int> ranks)
    {
        if (typeof(T) != typeof(float))
            return false;
        if (_problem.LeavesSelfOut)
            distances[query] = T.PositiveInfinity;
        return _buckets.TryRank(MemoryMarshal.Cast<T, float>(distances), Matches(query), ranks);
    }

    private void Sort(int query, ReadOnlySpan<T> distances, Span<int> ranks)
    {
        var order = _sorter.Order(distances, skip: _problem.LeavesSelfOut ? query : -1);
        int ownClass = _problem.QueryClasses[query];
        int found = 0;
        for (int i = 0; found < ranks.Length; i++)
        {
            ranks[found] = i + 1;
            found += _problem.ReferenceClasses[RowSorter<T>.Position(order[i])] == ownClass ? 1 : 0;
        }
    }

    private ReadOnlySpan<int> Matches(int query)
    {
        int count = 0;
        foreach (int reference in _problem.SameLabel(query))
        {
            if (!_problem.LeavesSelfOut || reference != query)
                _matches[count++] = reference;
        }
        return _matches.AsSpan(0, count);
    }
}
