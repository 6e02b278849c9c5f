namespace TripletLoss;

/// <summary>The sentence that helps somebody who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary><c>Did you mean 'margin'? Known: name, reduction, margin.</c></summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        string[] all = [.. known];
        string? nearest = Of(name, all);
        string list = all.Length == 0 ? "none" : string.Join(", ", all);
        return nearest is null ? $"Known: {list}." : $"Did you mean '{nearest}'? Known: {list}.";
    }

    /// <summary>The known name nearest to one that is not known; null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        // Longer names are no typing mistakes, and the distance is quadratic.
        if (name.Length is 0 or > 100)
            return null;
        var nearest = known
            .Select(candidate => (candidate, edits: Edits(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => IsNear(name, pair.candidate, pair.edits))
            .OrderBy(pair => pair.edits)
            .FirstOrDefault();
        return nearest.candidate;
    }

    /// <summary>At most one letter in three wrong, or the beginning of the name.</summary>
    private static bool IsNear(string name, string candidate, int edits) =>
        3 * edits <= Math.Max(name.Length, candidate.Length)
        || (name.Length >= 3 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
