using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The losses against TensorFlow Addons' own results.</summary>
public class TfaTests
{
    public static TheoryData<string, string> Lines()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in TfaGolden.Lines)
            data.Add(line.Of, line.Source);
        return data;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void EveryLineHolds(string batch, string source)
    {
        var line = TfaGolden.Lines.Single(line => line.Of == batch && line.Source == source);
        // float64 for the tensor kernel, float32 for the SIMD kernel where there is one.
        foreach (var type in new[] { float32, float64 })
        {
            var (value, gradient) = Call(line, type);
            if (line.Compare == "nothing")
                AssertAsDesigned(line, value, gradient);
            else
                AssertLikeTfa(line, type, value, gradient);
        }
    }

    [Fact]
    public void NoLineIsSkipped()
    {
        TfaGolden.Lines.Should().HaveCount(570);
        TfaGolden.Lines.Count(line => line.Compare == "value and gradient").Should().Be(408);
        TfaGolden.Lines.Count(line => line.Compare == "value").Should().Be(54);
        TfaGolden.Lines.Where(line => line.Compare == "nothing").Should().HaveCount(108).And.OnlyContain(line => line.Because != "");
    }

    [Fact]
    public void OneValueAloneIsMeasuredByItsDistancesBecauseItsHingesAreNearZero() =>
        TfaGolden.Lines.Where(line => line.Compare != "nothing" && IsItselfOff(line))
            .Should().ContainSingle().Which.Should().Match<TfaGolden>(line => line.Of == "wide-labels" && line.Margin == 0);

    private static (double Value, double[] Gradient) Call(TfaGolden line, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var distance = DistancesUnderTest.Of(OracleDistance.Named(line.Distance));
        Loss loss = line.Loss == nameof(TripletHardLoss)
            ? new TripletHardLoss(line.Margin, line.Soft, distance)
            : new TripletSemiHardLoss(line.Margin, distance);
        var embeddings = line.Batch.EmbeddingsTensor(type);
        var value = loss.Call(tensor(line.Batch.Labels), embeddings);
        value.backward();
        return (TensorNumbers.Of(value)[0], TensorNumbers.GradientOf(embeddings));
    }

    // Whether the stored value is farther than 1e-5 from what float64 makes of the batch: its hinges near 0 are float32's rounding of D + margin.
    private static bool IsItselfOff(TfaGolden line) => Math.Abs(line.Oracle().Losses.Average() - line.Value) > 1e-5 * Math.Abs(line.Value);

    // Values within 1e-5, or, where hinges near 0 leave nothing of D + margin but float32's rounding, on either side, within 1e-6 of that; gradients within 1e-4 of
    // the largest entry.
    private static void AssertLikeTfa(TfaGolden line, ScalarType type, double value, double[] gradient)
    {
        double ofDistances = type == float32 || IsItselfOff(line) ? 1e-6 * line.Oracle().Scale.Average() : 0;
        value.Should().BeApproximately(line.Value, Math.Max(1e-5 * Math.Abs(line.Value), ofDistances));
        if (line.Compare == "value and gradient")
            AssertClose(gradient, line.Gradient, 1e-4 * line.Gradient.Max(Math.Abs));
    }

    private static void AssertAsDesigned(TfaGolden line, double value, double[] gradient)
    {
        var exact = line.Oracle();
        if (line.Because.EndsWith("here 0", StringComparison.Ordinal))
        {
            value.Should().Be(0);
            gradient.Should().OnlyContain(entry => entry == 0);
            exact.Losses.Should().OnlyContain(loss => loss == 0);
            return;
        }
        var doubtful = line.Oracle(rounding: 1e-12);
        value.Should().BeApproximately(exact.Losses.Average(), 1e-6 * exact.Scale.Average() + doubtful.LossDoubt.Average());
        double[] coefficients = [.. exact.Losses.Select(_ => 1.0 / exact.Losses.Length)];
        var expected = OracleGradient.Of(doubtful, coefficients);
        double[] doubts = [.. expected.AnchorDoubt.SelectMany(row => row)];
        AssertClose(gradient, [.. expected.Anchors.SelectMany(row => row)], 1e-5 * expected.Scale, doubts);
    }

    private static void AssertClose(double[] found, double[] expected, double tolerance, double[]? doubts = null)
    {
        found.Should().HaveSameCount(expected);
        for (int i = 0; i < found.Length; i++)
            found[i].Should().BeApproximately(expected[i], tolerance + (doubts?[i] ?? 0), "of entry {0}", i);
    }
}
