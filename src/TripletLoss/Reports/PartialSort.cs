namespace TripletLoss;

/// <summary>A quicksort that leaves the parts alone in which nobody looks.</summary>
internal static class PartialSort
{
    private const int Few = 24;

    /// <summary>Moves to each of these places, which ascend, the number that a sort would put there.</summary>
    public static void Sort(Span<double> values, ReadOnlySpan<int> places) =>
        Sort(values, first: 0, places, splits: 2 * double.ILogB(values.Length + 1));

    private static void Sort(Span<double> values, int first, ReadOnlySpan<int> places, int splits)
    {
        while (!places.IsEmpty)
        {
            if (values.Length <= Few || splits-- == 0)
            {
                values.Sort();
                return;
            }

            var low = Partition(values);
            var below = 0;
            while (below < places.Length && places[below] < first + low)
                below++;
            Sort(values[..low], first, places[..below], splits);
            values = values[low..];
            first += low;
            places = places[below..];
        }
    }

    // Hoare's: none of the first few, at least one and not all, is greater than any of the others.
    private static int Partition(Span<double> values)
    {
        var pivot = MiddleOf(values[0], values[values.Length / 2], values[^1]);
        for (int low = 0, high = values.Length - 1; ; low++, high--)
        {
            while (values[low] < pivot)
                low++;
            while (values[high] > pivot)
                high--;
            if (low >= high)
                return high + 1;
            (values[low], values[high]) = (values[high], values[low]);
        }
    }

    private static double MiddleOf(double x, double y, double z) => Math.Max(Math.Min(x, y), Math.Min(Math.Max(x, y), z));
}
