using System.Globalization;

namespace TripletLoss;

/// <summary>What a margin may be.</summary>
internal static class MarginArgument
{
    /// <summary>The margin itself, if it is finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Checked(double margin, string name = "margin") => double.IsFinite(margin) && margin >= 0
        ? margin
        : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{name} must be a finite number of at least 0, got {margin}."));
}
