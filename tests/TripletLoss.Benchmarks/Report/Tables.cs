namespace TripletLoss.Benchmarks;

/// <summary>The findings as tables.</summary>
internal static class Tables
{
    private const string Unknown = "–";

    /// <summary>Every target with the figure farthest from it.</summary>
    public static MarkdownTable OfTargets(Findings findings)
    {
        var table = new MarkdownTable("target", "limit", " worst measured", "where", "met");
        foreach (var target in Targets.All)
        {
            if (findings.Worst(target) is { } worst)
                table.Add(target.What, target.Limit, Figures.Plain(worst.Figure), worst.Where, Met(target, worst.Figure));
            else
                table.Add(target.What, target.Limit, Unknown, "not measured in this run", Unknown);
        }
        return table;
    }

    /// <summary>What failed.</summary>
    public static MarkdownTable OfFailures(Findings findings)
    {
        var table = new MarkdownTable("what", "why");
        foreach (var (title, reason) in findings.Failures)
            table.Add(title, reason);
        return table;
    }

    /// <summary>Loss and gradient over one product.</summary>
    public static MarkdownTable OfLosses(Findings findings)
    {
        var table = new MarkdownTable(
            "loss", " B", " K", " d", "data", " X·Xᵀ, ms", " loss and gradient, ms", " over X·Xᵀ", "limit", "met", " runs", " managed KiB a call");
        foreach (var finding in findings.Losses)
            table.Add([.. Subject(finding.Plan.Workload), .. Measured(finding)]);
        return table;
    }

    /// <summary>The peers' algorithms.</summary>
    public static MarkdownTable OfPeers(Findings findings)
    {
        var table = new MarkdownTable(
            "loss", " B", " K", " d", "data", "algorithm", " over X·Xᵀ", " TripletLoss over it", " times faster", "limit", "met");
        foreach (var (plan, peer, ours, timesFaster) in findings.Peers)
        {
            table.Add([
                .. Subject(plan.Workload), plan.Peer.Name, Figures.WithQuartiles(peer), Figures.WithQuartiles(ours),
                Figures.Plain(timesFaster), .. Limit(plan.Target, timesFaster)]);
        }
        return table;
    }

    /// <summary>What has another rival than a product or a peer.</summary>
    public static MarkdownTable OfRivals(Findings findings)
    {
        var table = new MarkdownTable("what", "batch", " ms", "beside", " its ms", " ratio", "limit", "met");
        foreach (var finding in findings.Rivals)
        {
            string what = finding.Ours == Algorithm.OursName ? finding.Workload.LossName
                : finding.Ours is RetrievalSubject.Name or NeighbourSubject.Name ? finding.Ours : $"{finding.Workload.LossName}, {finding.Ours}";
            table.Add([
                what, finding.Workload.BatchDescription, Figures.Milliseconds(finding.OurTime.Median), finding.Rival,
                Figures.Milliseconds(finding.RivalTime.Median), Figures.WithQuartiles(finding.Ratio),
                .. Limit(finding.Target, finding.Ratio.Median)]);
        }
        return table;
    }

    private static string[] Measured(LossFinding finding)
    {
        if (finding is not { Product: { } product, Ratio: { } ratio })
            return [Unknown, Unknown, finding.Note ?? Unknown, finding.Plan.Target?.Limit ?? "", Unknown, "0", Unknown];
        return
        [
            Figures.Milliseconds(product.Median), Figures.Milliseconds(product.Median * ratio.Median), Figures.WithQuartiles(ratio), .. Limit(finding.Plan.Target, ratio.Median), $"{ratio.Count}",
            Figures.Kibibytes(finding.AllocatedBytes),
        ];
    }

    private static string[] Subject(Workload workload) =>
        [workload.LossName, $"{workload.Batch}", workload.ClassSizeName, $"{workload.Dim}", workload.DataName];

    private static string[] Limit(Target? target, double figure) => target is null ? ["", ""] : [target.Limit, Met(target, figure)];

    private static string Met(Target target, double figure) => target.IsMetBy(figure) ? "yes" : "**no**";
}
