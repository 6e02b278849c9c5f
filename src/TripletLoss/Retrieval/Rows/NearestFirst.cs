namespace TripletLoss;

/// <summary>The order of neighbours: by distance, and as near ones by position.</summary>
internal static class NearestFirst
{
    /// <summary>Sorts distances and their positions.</summary>
    public static void Sort(Span<double> distances, Span<int> positions)
    {
        if (IsSorted(distances, positions))
            return;
        distances.Sort(positions);
        int end;
        for (int start = 0; start < distances.Length; start = end)
        {
            for (end = start + 1; end < distances.Length && distances[end] == distances[start];)
                end++;
            positions[start..end].Sort();
        }
    }

    private static bool IsSorted(ReadOnlySpan<double> distances, ReadOnlySpan<int> positions)
    {
        for (int i = 1; i < distances.Length; i++)
        {
            if (distances[i] < distances[i - 1] || (distances[i] == distances[i - 1] && positions[i] < positions[i - 1]))
                return false;
        }
        return true;
    }
}
