using System.Globalization;
using System.Text;

namespace Kanji;

/// <summary>A figure over the batches: the mean of the seeds as a line in a band from the least to the most of them, and a dashed line to compare with.</summary>
internal sealed record Curve(string Name, string Colour, Func<Checkpoint, double?> Value, double? ComparedWith = null);

/// <summary>Curves over the batches.</summary>
internal static class LineChart
{
    private const double Width = 520;
    private const double Height = 290;

    /// <summary>A curve that falls by more than this would lie flat on the bottom: it gets a logarithmic axis.</summary>
    private const double FlatBeyond = 10;

    /// <param name="title">What it shows.</param>
    /// <param name="findings">The checkpoints, of which those without a value are left out.</param>
    /// <param name="yName">What the curves' axis counts.</param>
    /// <param name="most">The end of the axis; null: what the curves need, logarithmic where a linear one would show a flat line.</param>
    /// <param name="text">How values are written.</param>
    /// <param name="curves">The curves.</param>
    public static string Of(string title, Findings findings, string yName, double? most, Func<double, string> text, params Curve[] curves)
    {
        var frame = FrameOf(findings, most, curves);
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">\n");
        svg.Append(frame.Axes("batches", frame.LogLeast is null ? yName : $"{yName} (logarithmic)", batch => batch == Math.Floor(batch) ? $"{batch:0}" : "", text));
        foreach (var curve in curves)
        {
            if (curve.ComparedWith is { } other)
                svg.Append(CultureInfo.InvariantCulture, $"<line class=\"compare {curve.Colour}\" x1=\"{frame.X(0):0.#}\" x2=\"{frame.X(frame.XMost):0.#}\" y1=\"{frame.Y(other):0.#}\" y2=\"{frame.Y(other):0.#}\"/>\n");
            if (findings.Runs.Count > 1)
                svg.Append($"<polygon class=\"band {curve.Colour}\" points=\"{Points(Edge(Enumerable.Max).Concat(Edge(Enumerable.Min).Reverse()))}\"/>\n");
            svg.Append($"<polyline class=\"mean {curve.Colour}\" points=\"{Points(Known(findings.Means, curve))}\"/>\n");
            foreach (var (batch, value) in Known(findings.Means, curve))
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"touch {curve.Colour}\" r=\"6\" cx=\"{frame.X(batch):0.#}\" cy=\"{frame.Y(value):0.#}\"><title>{curve.Name} after {batch} batches: {text(value)}</title></circle>\n");

            IEnumerable<(int, double)> Edge(Func<IEnumerable<double>, double> choose) =>
                findings.Runs.SelectMany(run => Known(run.History.Checkpoints, curve)).GroupBy(one => one.Batch, one => one.Value).Select(batch => (batch.Key, choose(batch)));
        }

        return svg.Append("</svg>\n").ToString();

        string Points(IEnumerable<(int Batch, double Value)> points) =>
            string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{frame.X(point.Batch):0.#},{frame.Y(point.Value):0.#}")));
    }

    private static Frame FrameOf(Findings findings, double? most, Curve[] curves)
    {
        var values = curves.SelectMany(curve => findings.Runs.SelectMany(run => Known(run.History.Checkpoints, curve))).Select(one => one.Value).DefaultIfEmpty(1).ToList();
        var (least, highest, batches) = (values.Min(), Math.Max(values.Max(), 1e-6), Math.Max(1, findings.Means[^1].Batch));
        return most is null && least > 0 && highest / least > FlatBeyond
            ? new(Width, Height, batches, Frame.RoundUp(highest), Frame.RoundDown(least))
            : new(Width, Height, batches, most ?? Frame.TickAbove(highest));
    }

    private static IEnumerable<(int Batch, double Value)> Known(IEnumerable<Checkpoint> checkpoints, Curve curve) =>
        from one in checkpoints
        let value = curve.Value(one)
        where value is { } known && double.IsFinite(known)
        select (one.Batch, value.Value);
}
