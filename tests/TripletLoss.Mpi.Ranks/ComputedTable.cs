using System.Globalization;

namespace TripletLoss.Ranks;

/// <summary>What a step would cost on many ranks, computed and not measured: prints a Markdown table.</summary>
internal static class ComputedTable
{
    private const int PerRank = 256, Dim = 128, FloatBytes = 4;

    // In the caches, and with so many samples that they come from memory.
    private const double FewestNanoseconds = 2, MostNanoseconds = 12;

    private static readonly int[] Ranks = [4, 16, 64, 256, 1000], Gigabits = [10, 100, 400];

    public static int Print()
    {
        Console.WriteLine($"| ranks | samples | bytes | {string.Join(" | ", Gigabits.Select(speed => $"{speed} Gbit/s"))} | loss, one core |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---:|", Gigabits.Length + 4))}");
        foreach (int ranks in Ranks)
        {
            double samples = (double)PerRank * ranks;
            // Gathered and scattered.
            double bytes = 2 * FloatBytes * samples * Dim;
            double pairs = PerRank * samples * Dim / 128;
            Console.WriteLine($"| {Number(ranks)} | {Number(samples)} | {Round(bytes / 1e6)} MB | {string.Join(" | ", Gigabits.Select(speed => Milliseconds(bytes * 8 / (speed * 1e9))))} | {Milliseconds(FewestNanoseconds * 1e-9 * pairs)} to {Milliseconds(MostNanoseconds * 1e-9 * pairs)} |");
        }
        return 0;
    }

    private static string Milliseconds(double seconds) => Round(seconds * 1e3) + " ms";

    private static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    // Two digits, and three before the point.
    private static string Round(double value) => value.ToString(value < 0.1 ? "0.00" : value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
