namespace TripletLoss.Benchmarks;

/// <summary>What every peer starts with: the B×B matrix of squared distances, and who is of whose class.</summary>
/// <remarks>Every B×B temporary of the peers is disposed as soon as a reference count would free it in Python.</remarks>
internal static class PairwiseDistances
{
    /// <summary>|a|² + |b|² − 2 a·b, not below 0.</summary>
    public static Tensor Squared(Tensor embeddings)
    {
        using var squares = embeddings.square();
        using var norms = squares.sum(1, keepdim: true);
        using var products = embeddings.mm(embeddings.t());
        using var twice = products * 2;
        using var sums = norms + norms.t();
        using var differences = sums - twice;
        return differences.relu();
    }

    /// <summary>Whether two samples have one label.</summary>
    public static Tensor SameClass(Tensor labels) => labels.unsqueeze(0).eq(labels.unsqueeze(1));

    /// <summary>Whether two samples have one label and are not the same sample.</summary>
    public static Tensor Positives(Tensor sameClass)
    {
        var positives = sameClass.clone();
        positives.diagonal().fill_(false);
        return positives;
    }
}
