using System.Text;

namespace TripletLoss.Benchmarks;

/// <summary>The findings as a page of Markdown.</summary>
internal static class ReportPage
{
    /// <summary>Machine, targets, then every table that has rows.</summary>
    public static string Write(Findings findings, Options options)
    {
        var text = new StringBuilder();
        text.Append("## What was measured on\n\n").Append(Machine(options)).Append('\n');
        foreach (var (heading, table) in Sections(findings))
        {
            if (table.ToString() is { Length: > 0 } rows)
                text.Append($"## {heading}\n\n").Append(rows).Append('\n');
        }
        return text.ToString().TrimEnd() + "\n";
    }

    private static IEnumerable<(string Heading, MarkdownTable Table)> Sections(Findings findings) =>
    [
        ("Targets", Tables.OfTargets(findings)),
        ("Failed", Tables.OfFailures(findings)),
        ("Loss and gradient over one product", Tables.OfLosses(findings)),
        ("Other libraries' algorithms", Tables.OfPeers(findings)),
        ("Beside other calls", Tables.OfRivals(findings)),
        ("Peak memory", ProcessTables.OfMemory(findings)),
        ("Cold start", ProcessTables.OfColdStarts(findings)),
        ("A busy machine", ProcessTables.OfBusyMachine(findings)),
        ("Small batches", ProcessTables.OfSmallBatches(findings)),
    ];

    private static MarkdownTable Machine(Options options)
    {
        var table = new MarkdownTable("", "");
        foreach (var (name, fact) in MachineFacts.All)
            table.Add(name, fact);
        table.Add("command", $"`{options.Command}`");
        return table;
    }
}
