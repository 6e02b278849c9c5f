namespace TripletLoss.Tests;

/// <summary>What a case mines against, and whether that gets a gradient.</summary>
internal sealed record CaseReferences(CasePoints Points, long[]? OwnCopies, bool WantGradient)
{
    /// <summary>References of their own, with copies of some anchors among them or none.</summary>
    public static CaseReferences Draw(Random random, PointCloud cloud, CasePoints anchors, int largest)
    {
        var others = CasePoints.Draw(random, cloud, random.Next(4) == 0 ? random.Next(3) : random.Next(largest + 1), anchors.Dim);
        bool wantGradient = random.Next(3) > 0;
        if (random.Next(2) == 0)
            return new(others, null, wantGradient);
        var copied = Enumerable.Range(0, anchors.Labels.Length).Where(_ => random.Next(4) > 0).ToArray();
        // Which anchor each reference is a copy of, −1 for none; in any order.
        int[] sources = [.. copied, .. others.Labels.Select(_ => -1)];
        random.Shuffle(sources);
        int next = 0;
        int[] rows = [.. sources.Select(source => source < 0 ? next++ : -1)];
        var points = new CasePoints(
            [.. sources.Select((source, i) => source < 0 ? others.Labels[rows[i]] : anchors.Labels[source])],
            [.. sources.SelectMany((source, i) => source < 0 ? others.Row(rows[i]) : anchors.Row(source))], anchors.Dim);
        return new(points, [.. Enumerable.Range(0, anchors.Labels.Length).Select(a => (long)Array.IndexOf(sources, a))], wantGradient);
    }

    public CaseReferences Numbered(long first) => this with { Points = Points.Numbered(first) };
}
