using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Ranks the matches of queries among all references by distance, a tile of queries at a time.</summary>
/// <remarks>References at equal distance are ranked in their order.</remarks>
internal abstract class MatchRanker
{
    private const long TileBytes = 16 << 20;
    private const long MostRows = 1024;

    // Below that a product is no faster than its rows one by one.
    private const long FewestRows = 16;

    private readonly RetrievalProblem _problem;

    /// <summary>Ranks for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="bytesAnEntry">What one distance of a tile takes, intermediate results included.</param>
    protected MatchRanker(RetrievalProblem problem, int bytesAnEntry)
    {
        _problem = problem;
        long rows = Math.Clamp(TileBytes / ((long)problem.ReferenceCount * bytesAnEntry), FewestRows, MostRows);
        TileRows = (int)Math.Min(rows, problem.Queries.Length);
    }

    /// <summary>The way that suits the device: rows of plain memory on the CPU, tensor operations elsewhere.</summary>
    public static MatchRanker Of(RetrievalProblem problem) => problem switch
    {
        { QueryEmbeddings.device_type: not TorchSharp.DeviceType.CPU } => new TensorMatchRanker(problem),
        { QueryEmbeddings.dtype: ScalarType.Float64 } => new RowMatchRanker<double>(problem),
        _ => new RowMatchRanker<float>(problem),
    };

    /// <summary>Scores all queries that have a match.</summary>
    public QueryScore[] Score(IProgress<double>? progress)
    {
        var scores = new QueryScore[_problem.Queries.Length];
        for (int first = 0; first < scores.Length; first += TileRows)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(TileRows, scores.Length - first);
            ScoreTile(first, scores.AsMemory(first, count));
            progress?.Report((double)(first + count) / scores.Length);
        }
        return scores;
    }

    /// <summary>The most queries that a tile holds.</summary>
    protected int TileRows { get; }

    /// <summary>Scores a few of the queries that have a match, from the <paramref name="first"/> of them on.</summary>
    protected abstract void ScoreTile(int first, Memory<QueryScore> scores);

    /// <summary>Refuses distances that are not numbers, which cannot be ranked.</summary>
    public static void RequireNumbers(Distance distance, Tensor distances)
    {
        if (!distances.gt(Numbers.NegativeInfinity).all().item<bool>())
            throw new InvalidOperationException($"the distance '{distance.Name}' gave NaN or −∞ for finite embeddings.");
    }
}
