using System.Text;

namespace Digits;

/// <summary>A figure over the batches: a faint line for each seed, a bold one for their mean, a dashed one to compare with.</summary>
internal sealed record Curve(string Name, string Colour, Func<Checkpoint, double> Value, double? ComparedWith = null);

/// <summary>Curves over the batches.</summary>
internal static class LineChart
{
    private const double Width = 520;
    private const double Height = 290;

    /// <param name="title">What it shows.</param>
    /// <param name="findings">The checkpoints, of which those without a value are left out.</param>
    /// <param name="yName">What the curves' axis counts.</param>
    /// <param name="most">The end of the axis; null: what the curves need.</param>
    /// <param name="text">How values are written.</param>
    /// <param name="curves">The curves.</param>
    public static string Of(string title, Findings findings, string yName, double? most, Func<double, string> text, params Curve[] curves)
    {
        var highest = curves.Max(curve => findings.Runs.Max(run => run.Checkpoints.Select(curve.Value).Where(double.IsFinite).DefaultIfEmpty(0).Max()));
        var frame = new Frame(Width, Height, Math.Max(1, findings.Means[^1].Batch), most ?? Frame.TickAbove(Math.Max(highest, 1e-6)));
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">\n");
        svg.Append(frame.Axes("batches", yName, batch => batch == Math.Floor(batch) ? $"{batch:0}" : "", text));
        foreach (var curve in curves)
        {
            if (curve.ComparedWith is { } other)
                svg.Append($"<line class=\"compare {curve.Colour}\" x1=\"{frame.X(0):0.#}\" x2=\"{frame.X(frame.XMost):0.#}\" y1=\"{frame.Y(other):0.#}\" y2=\"{frame.Y(other):0.#}\"/>\n");
            foreach (var run in findings.Runs.Skip(findings.Runs.Count == 1 ? 1 : 0))
                svg.Append($"<polyline class=\"seed {curve.Colour}\" points=\"{Points(frame, run.Checkpoints, curve)}\"/>\n");
            svg.Append($"<polyline class=\"mean {curve.Colour}\" points=\"{Points(frame, findings.Means, curve)}\"/>\n");
            foreach (var mean in Finite(findings.Means, curve))
                svg.Append($"<circle class=\"touch {curve.Colour}\" r=\"6\" cx=\"{frame.X(mean.Batch):0.#}\" cy=\"{frame.Y(curve.Value(mean)):0.#}\"><title>{curve.Name} after {mean.Batch} batches: {Display.LossNumber(curve.Value(mean))}</title></circle>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Points(Frame frame, IEnumerable<Checkpoint> checkpoints, Curve curve) =>
        string.Join(' ', Finite(checkpoints, curve).Select(one => $"{frame.X(one.Batch):0.#},{frame.Y(curve.Value(one)):0.#}"));

    private static IEnumerable<Checkpoint> Finite(IEnumerable<Checkpoint> checkpoints, Curve curve) =>
        checkpoints.Where(one => double.IsFinite(curve.Value(one)));
}
