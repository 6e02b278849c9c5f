using System.Numerics;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Tiles of a user's distance function.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class CustomTileDistances<T>(RetrievalProblem problem) : TileDistances<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Tensor? _distances;
    private TensorMemory<T> _memory;

    /// <inheritdoc/>
    public override void Fill(int first, int count)
    {
        var queries = Select(problem.QueryEmbeddings, problem, first, count);
        var matrix = CustomDistance.Matrix(problem.Distance, queries, problem.ReferenceEmbeddings);
        MatchRanker.RequireNumbers(problem.Distance, matrix);
        // A copy, because the rows are written to, and the function may have given away what it keeps.
        _distances = matrix.detach().contiguous().clone();
        _memory = new TensorMemory<T>(_distances);
    }

    /// <inheritdoc/>
    public override Span<T> Row(int row) => _memory.Row(row);
}
