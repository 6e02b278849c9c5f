namespace TripletLoss;

/// <summary>How a distance of the catalogue follows from the squared Euclidean distance s of two points.</summary>
internal enum DistanceScale
{
    /// <summary>s itself.</summary>
    Squared,

    /// <summary>√s.</summary>
    Root,

    /// <summary>s / 2, which for unit vectors is 1 − cos.</summary>
    HalfSquared,
}
