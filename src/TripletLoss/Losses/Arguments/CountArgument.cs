using System.Globalization;

namespace TripletLoss;

/// <summary>What a number of things may be.</summary>
internal static class CountArgument
{
    /// <summary>The count itself, if it is large enough.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static long AtLeast(long least, long count, string name) => count >= least
        ? count
        : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{name} must be at least {least}, got {count}."));
}
