namespace TripletLoss;

/// <summary>The scales by their name.</summary>
internal static class DistanceScales
{
    public static double Apply(this DistanceScale scale, double squared) => scale switch
    {
        DistanceScale.Root => RootScale.Apply(squared),
        DistanceScale.HalfSquared => HalfSquaredScale.Apply(squared),
        _ => SquaredScale.Apply(squared),
    };

    public static double Slope(this DistanceScale scale, double squared) => scale switch
    {
        DistanceScale.Root => RootScale.Slope(squared),
        DistanceScale.HalfSquared => HalfSquaredScale.Slope(squared),
        _ => SquaredScale.Slope(squared),
    };
}
