using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Gradients against central differences of the library's own values, in float64: by embeddings, references and weights.</summary>
public class CentralDifferenceTests
{
    private const double Step = 1e-6;

    public static TheoryData<string, string, LossReduction, bool> Combinations()
    {
        var data = new TheoryData<string, string, LossReduction, bool>();
        foreach (string kind in LossUnderTest.Kinds)
        {
            foreach (var distance in DistancesUnderTest.Oracles)
            {
                foreach (var reduction in Enum.GetValues<LossReduction>())
                {
                    data.Add(kind, distance.Name, reduction, false);
                    data.Add(kind, distance.Name, reduction, true);
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void EqualTheGradient(string kind, string distance, LossReduction reduction, bool hasReferences)
    {
        using var scope = NewDisposeScope();
        var loss = new LossUnderTest(kind, 1, DistancesUnderTest.Named(distance)).Create(reduction);
        var random = new Random(1);
        var batch = Points(random, 9);
        var weights = tensor(Numbers(random, 9, 0.5)).requires_grad_();
        ReferenceSet? references = hasReferences ? new ReferenceSet(Labels(11), Points(random, 11), tensor(OwnCopies)) : null;
        Tensor[] leaves = references is { } set ? [batch, weights, set.Embeddings] : [batch, weights];
        Tensor Value()
        {
            var value = references is { } other ? loss.Call(Labels(9), batch, other, weights) : loss.Call(Labels(9), batch, weights);
            // Another factor for every value of a vector.
            return reduction == LossReduction.None ? (value * Arithmetic.Count(9).to_type(float64).Plus(1)).sum() : value.Times(2);
        }
        Value().backward();
        foreach (var leaf in leaves)
            Equal(TensorNumbers.GradientOf(leaf), Differences(leaf, Value));
    }

    private static long[] OwnCopies { get; } = [3, -1, 5, -1, 1, -1, 0, -1, -1];

    private static void Equal(double[] gradient, double[] differences)
    {
        double largest = differences.Max(Math.Abs);
        largest.Should().BeGreaterThan(0);
        for (int i = 0; i < gradient.Length; i++)
            gradient[i].Should().BeApproximately(differences[i], 1e-7 * Math.Max(largest, 1));
    }

    private static double[] Differences(Tensor leaf, Func<Tensor> value)
    {
        using var noGradient = no_grad();
        var entries = leaf.view(-1);
        double[] differences = new double[leaf.numel()];
        for (int i = 0; i < differences.Length; i++)
        {
            double entry = entries[i].Number();
            entries[i] = tensor(entry + Step);
            double above = value().Number();
            entries[i] = tensor(entry - Step);
            double below = value().Number();
            entries[i] = tensor(entry);
            differences[i] = (above - below) / (2 * Step);
        }
        return differences;
    }

    // Three classes; an anchor and its copy among the references have the same label.
    private static Tensor Labels(int count) => tensor(Enumerable.Range(0, count).Select(i => (long)(i % 3)).ToArray());

    private static Tensor Points(Random random, int count) => tensor(Numbers(random, count * 4, -1)).reshape(count, 4).detach().requires_grad_();

    private static double[] Numbers(Random random, int count, double least) => [.. Enumerable.Range(0, count).Select(_ => least + 2 * random.NextDouble())];
}
