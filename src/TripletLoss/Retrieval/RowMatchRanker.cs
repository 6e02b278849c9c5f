using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Ranks on the CPU: a tile of distances by one matrix product, then its rows on as many threads as TorchSharp uses.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RowMatchRanker<T> : MatchRanker
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RetrievalProblem _problem;
    private readonly TileDistances<T> _tiles;
    private readonly RowScorer<T>[] _scorers;

    public RowMatchRanker(RetrievalProblem problem)
        : base(problem, bytesAnEntry: Unsafe.SizeOf<T>())
    {
        _problem = problem;
        _tiles = TileDistances<T>.Of(problem, TileRows);
        _scorers = [.. Enumerable.Range(0, Math.Max(get_num_threads(), 1)).Select(_ => new RowScorer<T>(problem))];
    }

    /// <inheritdoc/>
    protected override void ScoreTile(int first, Memory<QueryScore> scores)
    {
        int next = 0;
        _tiles.Fill(first, scores.Length);
        Parallel.ForEach(_scorers, new ParallelOptions { MaxDegreeOfParallelism = _scorers.Length }, scorer =>
        {
            int row;
            while ((row = Interlocked.Increment(ref next) - 1) < scores.Length)
            {
                int query = _problem.Queries[first + row];
                scores.Span[row] = scorer.Score(query, _tiles.Row(row));
            }
        });
    }
}
