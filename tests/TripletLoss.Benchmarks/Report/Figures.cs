using System.Globalization;

namespace TripletLoss.Benchmarks;

/// <summary>How the tables write numbers: three figures, no exponents.</summary>
internal static class Figures
{
    /// <summary>A number.</summary>
    public static string Plain(double number)
    {
        if (double.IsInfinity(number))
            return "not run";
        double size = Math.Abs(number);
        bool isRound = size >= 10 && number == Math.Floor(number);
        string format = isRound || size >= 99.95 ? "F0" : size >= 9.995 ? "F1" : size >= 0.0995 ? "F2" : "F3";
        return number.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A median and, in brackets, its quartiles.</summary>
    public static string WithQuartiles(Spread spread) => $"{Plain(spread.Median)} ({Plain(spread.Lower)}–{Plain(spread.Upper)})";

    /// <summary>Seconds in milliseconds.</summary>
    public static string Milliseconds(double seconds) => Plain(seconds * 1e3);

    /// <summary>Bytes in KiB.</summary>
    public static string Kibibytes(double bytes) => Plain(bytes / (1 << 10));

    /// <summary>Bytes in MiB.</summary>
    public static string Mebibytes(double bytes) => Plain(bytes / (1 << 20));
}
