namespace TripletLoss.Tests;

/// <summary>The shapes of sample weights.</summary>
internal enum WeightKind
{
    None,
    Scalar,
    Vector,
    Column,
}
