using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Goes over queries a tile at a time, and over the rows of a tile on as many threads as TorchSharp uses.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class QueryTiles<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long TileBytes = 16 << 20;
    private const long MostRows = 1024;

    // Below that a product is no faster than its rows one by one.
    private const long FewestRows = 16;

    private readonly DistanceBounds<T> _distances;
    private readonly int[] _queries;
    private readonly int _tileRows;

    /// <summary>The tiles of some of a problem's queries.</summary>
    public QueryTiles(SearchProblem problem, int[] queries)
    {
        long rows = Math.Clamp(TileBytes / ((long)problem.ReferenceCount * Unsafe.SizeOf<T>()), FewestRows, MostRows);
        _queries = queries;
        _tileRows = (int)Math.Min(rows, queries.Length);
        _distances = problem.Distance.CustomMatrix is null ? new ProductBounds<T>(problem, _tileRows) : (DistanceBounds<T>)(object)new CustomBounds(problem);
    }

    /// <summary>Calls <paramref name="visit"/> with a worker, a row of the tile and the number of the query among those given, for every query.</summary>
    /// <param name="worker">Makes what a thread works with.</param>
    /// <param name="visit">Called from several threads, never from two with the same worker.</param>
    /// <param name="progress">Told the share of queries done, after each tile.</param>
    /// <param name="cancellationToken">Looked at before each tile.</param>
    public void ForEach<TWorker>(
        Func<DistanceBounds<T>, TWorker> worker, Action<TWorker, int, int> visit, IProgress<double>? progress, CancellationToken cancellationToken)
        where TWorker : class
    {
        var workers = new TWorker?[Math.Max(get_num_threads(), 1)];
        for (int first = 0; first < _queries.Length; first += _tileRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int start = first, count = Math.Min(_tileRows, _queries.Length - first);
            _distances.Fill(_queries.AsSpan(start, count));
            // Its caller works too, so that a starved thread pool costs time only.
            using (var crew = new WorkCrew(workers.Length))
                crew.Run(count, (number, row) => visit(workers[number] ??= worker(_distances), row, start + row));
            progress?.Report((double)(first + count) / _queries.Length);
        }
    }
}
