using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Ranks by TorchSharp operations, on any device, in float64: each row is sorted, and the matches are looked for in it.</summary>
internal sealed class TensorMatchRanker : MatchRanker
{
    private readonly RetrievalProblem _problem;
    private readonly DistanceTiles _tiles;
    private readonly Tensor _queries;
    private readonly Tensor _queryLabels;
    private readonly Tensor _referenceLabels;

    public TensorMatchRanker(RetrievalProblem problem)
        : base(problem, bytesAnEntry: 64)
    {
        _problem = problem;
        var device = problem.QueryEmbeddings.device;
        _queries = tensor(Array.ConvertAll(problem.Queries, query => (long)query), device: device);
        _queryLabels = tensor(Array.ConvertAll(problem.Queries, query => problem.QueryLabels[query]), device: device);
        _referenceLabels = tensor(problem.ReferenceLabels, device: device);
        _tiles = DistanceTiles.Of(
            problem.Distance, problem.QueryEmbeddings.index_select(0, _queries), problem.ReferenceEmbeddings);
    }

    /// <inheritdoc/>
    protected override void ScoreTile(int first, Memory<QueryScore> scores)
    {
        var distances = _tiles.Distances(first, scores.Length);
        if (_problem.Distance.CustomMatrix is not null)
            RequireNumbers(_problem.Distance, distances);
        var (_, order) = distances.sort(1, stable: true);
        var isMatch = _referenceLabels[order].eq(_queryLabels.narrow(0, first, scores.Length).unsqueeze(1));
        var ranks = Numbers.Range(_problem.ReferenceCount, distances.device).add(Numbers.WholeOne, Numbers.WholeOne).unsqueeze(0);
        if (_problem.LeavesSelfOut)
        {
            var isSelf = order.eq(_queries.narrow(0, first, scores.Length).unsqueeze(1));
            isMatch &= isSelf.logical_not();
            ranks = ranks.add(isSelf.cumsum(1), Numbers.WholeMinusOne);
        }
        CopyScores(isMatch, ranks, scores.Span);
    }

    private static void CopyScores(Tensor isMatch, Tensor ranks, Span<QueryScore> scores)
    {
        var found = isMatch.cumsum(1);
        var matches = isMatch.sum(1, keepdim: true);
        var isWithin = isMatch & ranks.le(matches);
        var precisions = (found.to_type(float64) / ranks).masked_fill(isMatch.logical_not(), Numbers.Zero);
        var firstRanks = ranks.masked_fill(isMatch.logical_not(), Numbers.MostWhole).amin(1);
        var withinR = isWithin.sum(1, type: float64);
        var precisionsWithinR = precisions.masked_fill(isWithin.logical_not(), Numbers.Zero).sum(1);
        var sums = stack([withinR, precisionsWithinR, precisions.sum(1)], 1) / matches;
        double[] values = sums.cpu().data<double>().ToArray();
        long[] firsts = firstRanks.cpu().data<long>().ToArray();
        for (int i = 0; i < scores.Length; i++)
            scores[i] = new QueryScore((int)firsts[i], values[3 * i], values[3 * i + 1], values[3 * i + 2]);
    }
}
