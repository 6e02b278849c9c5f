using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Losses of a batch against batch and memory together, chosen by plain loops; their gradient by ordinary autograd.</summary>
public static class NaiveLosses
{
    /// <summary>The semi-hard or the hard loss, squared distances, in float64.</summary>
    public static Tensor Value(bool isHard, double margin, long[] labels, Tensor embeddings, long[] pastLabels, Tensor? past)
    {
        var all = past is null ? embeddings : cat([embeddings, past.detach()]);
        long[] allLabels = [.. labels, .. pastLabels];
        var distances = (embeddings.unsqueeze(1) - all.unsqueeze(0)).Squared().sum(2);
        // TorchSharp's accessor throws on an empty tensor.
        double[] entries = distances.numel() == 0 ? [] : distances.detach().data<double>().ToArray();
        var numbers = entries.Chunk(Math.Max(allLabels.Length, 1)).ToArray();
        var terms = new List<Tensor>();
        for (var a = 0; a < labels.Length; a++)
        {
            int[] others = [.. Enumerable.Range(0, allLabels.Length).Where(j => j != a)];
            int[] positives = [.. others.Where(j => allLabels[j] == labels[a])];
            int[] negatives = [.. others.Where(j => allLabels[j] != labels[a]).OrderBy(j => numbers[a][j])];
            foreach (var (p, n) in isHard ? HardPairs(numbers[a], positives, negatives) : SemiHardPairs(numbers[a], positives, negatives))
            {
                var positive = p < 0 ? distances[a, a].Times(0) : distances[a, p];
                terms.Add(n < 0 ? positive.Times(0) : (positive - distances[a, n]).Plus(margin).relu());
            }
        }
        return terms.Count == 0 ? embeddings.sum().Times(0) : stack(terms).mean();
    }

    private static IEnumerable<(int Positive, int Negative)> SemiHardPairs(double[] row, int[] positives, int[] negatives) =>
        positives.Select(p => (p, negatives.Length == 0 ? -1 : negatives.Where(n => row[n] > row[p]).Append(negatives[^1]).First()));

    private static IEnumerable<(int Positive, int Negative)> HardPairs(double[] row, int[] positives, int[] negatives) =>
        [(positives.Length == 0 ? -1 : positives.MaxBy(p => row[p]), negatives.Length == 0 ? -1 : negatives[0])];
}
