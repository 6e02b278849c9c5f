using System.Globalization;
using System.Text;

namespace Kanji;

/// <summary>A chart's rectangle with its axes: numbers in, places in the SVG out. The horizontal axis begins at 0, the vertical one too unless it is logarithmic.</summary>
/// <param name="Width">The SVG's width.</param>
/// <param name="Height">The SVG's height.</param>
/// <param name="XMost">The end of the horizontal axis.</param>
/// <param name="YMost">The end of the vertical axis.</param>
/// <param name="LogLeast">Where a logarithmic vertical axis begins; null for a linear one.</param>
internal sealed record Frame(double Width, double Height, double XMost, double YMost, double? LogLeast = null)
{
    private const double Left = 52;
    private const double Right = 14;
    private const double Top = 30;
    private const double Bottom = 42;
    private const int Ticks = 5;

    public double X(double value) => Left + (value / XMost * (Width - Left - Right));

    public double Y(double value) => Height - Bottom - (Share(value) * (Height - Top - Bottom));

    /// <summary>Lines, numbers and names of the axes.</summary>
    public string Axes(string xName, string yName, Func<double, string> xText, Func<double, string> yText)
    {
        var svg = new StringBuilder($"<text class=\"name\" x=\"0\" y=\"13\">{yName}</text>\n");
        foreach (var y in LogLeast is { } least ? LogTicks(least, YMost) : TicksTo(YMost))
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y):0.#}\" y2=\"{Y(y):0.#}\"/><text class=\"tick\" text-anchor=\"end\" x=\"{Left - 7}\" y=\"{Y(y) + 4:0.#}\">{yText(y)}</text>\n");
        foreach (var x in TicksTo(XMost))
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" text-anchor=\"middle\" x=\"{X(x):0.#}\" y=\"{Height - Bottom + 17}\">{xText(x)}</text>\n");
        return svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" text-anchor=\"middle\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\">{xName}</text>\n").ToString();
    }

    /// <summary>0 and round numbers up to the most, about five.</summary>
    public static IEnumerable<double> TicksTo(double most)
    {
        var step = RoundUp(most / Ticks);
        return Enumerable.Range(0, (int)Math.Floor((most / step) + 1e-9) + 1).Select(at => at * step);
    }

    /// <summary>The first of their continuation that is not below the most.</summary>
    public static double TickAbove(double most) => TicksTo(most).ElementAtOrDefault(1) is var step and > 0 ? Math.Ceiling((most / step) - 1e-9) * step : most;

    /// <summary>1, 2 or 5 times a power of ten, at least the number.</summary>
    public static double RoundUp(double number) => Rounds(number).First(round => round >= number * (1 - 1e-9));

    /// <summary>1, 2 or 5 times a power of ten, at most the number.</summary>
    public static double RoundDown(double number) => Rounds(number).Last(round => round <= number * (1 + 1e-9));

    private static IEnumerable<double> LogTicks(double least, double most)
    {
        for (var tick = RoundUp(least); tick <= most * (1 + 1e-9); tick = RoundUp(tick * 1.5)) yield return tick;
    }

    private static IEnumerable<double> Rounds(double number)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(number)));
        return new[] { 1, 2, 5, 10 }.Select(factor => factor * power);
    }

    private double Share(double value) => LogLeast is { } least ? Math.Log(Math.Max(value, least) / least) / Math.Log(YMost / least) : value / YMost;
}
