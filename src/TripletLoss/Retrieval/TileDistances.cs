using System.Numerics;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The distances of a tile of queries to all references, or numbers that order the references alike, in plain memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class TileDistances<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The tiles of a distance of the catalogue or of a custom one, of so many queries at most.</summary>
    public static TileDistances<T> Of(RetrievalProblem problem, int mostRows) => problem.Distance.CustomMatrix is null
        ? new EuclideanTileDistances<T>(problem, mostRows)
        : new CustomTileDistances<T>(problem);

    /// <summary>Computes the tile that begins at the <paramref name="first"/> of the queries with a match.</summary>
    public abstract void Fill(int first, int count);

    /// <summary>The finished distances of a query of the tile; called once for each, from several threads.</summary>
    public abstract Span<T> Row(int row);

    /// <summary>The embeddings of a tile's queries.</summary>
    protected static Tensor Select(Tensor embeddings, RetrievalProblem problem, int first, int count)
    {
        using var indices = tensor(Array.ConvertAll(problem.Queries[first..(first + count)], query => (long)query));
        return embeddings.index_select(0, indices);
    }
}
