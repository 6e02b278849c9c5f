namespace TripletLoss.Benchmarks;

/// <summary>How the embeddings of a batch are distributed. A kernel that sorts by value must not mind.</summary>
internal enum DataShape
{
    /// <summary>Normal coordinates; squared distances lie close about 2.</summary>
    Normal,

    /// <summary>Normal directions with log-normal lengths; squared distances span many orders of magnitude.</summary>
    LogNormal,

    /// <summary>Normal, with one point in a hundred a thousand times farther out.</summary>
    Outliers,

    /// <summary>Every point the same; every distance is 0.</summary>
    AllEqual,

    /// <summary>Every class a tight clump far from the others, as training makes them.</summary>
    Clusters,

    /// <summary>Normal, but one point in a hundred is nearly the one before, and one is zero.</summary>
    NearDuplicates,

    /// <summary>Normal, ten times as large; beside such distances the margin is small, and half of all triplets are active.</summary>
    HalfActive,
}
