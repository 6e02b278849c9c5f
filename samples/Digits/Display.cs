using System.Globalization;
using Spectre.Console;

namespace Digits;

/// <summary>Shows a run: a bar that moves in a terminal, a line a seed where the output goes to a file or a pipe. Warnings come at once.</summary>
internal static class Display
{
    private const int RowsAfterTraining = 6;

    public static List<SeedRun> RunAll(Options options, Func<int, IRunProgress, SeedRun> run)
    {
        if (Console.IsOutputRedirected)
        {
            var warnings = new WarningLines(Console.WriteLine);
            return [.. options.Seeds.Select(seed => WithLine(seed, run, warnings))];
        }

        // Above the bars.
        var lines = new WarningLines(warning => AnsiConsole.MarkupLineInterpolated($"[yellow]{warning.ToString()}[/]"));
        return AnsiConsole.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                var bars = options.Seeds.Select(seed => new RunBar(context, seed, options.Batches, lines)).ToList();
                return options.Seeds.Select((seed, at) => bars[at].Follow(progress => run(seed, progress))).ToList();
            });
    }

    /// <summary>The table of some of the looks at the held-out images.</summary>
    public static void Show(Checkpoint pixels, IReadOnlyList<Checkpoint> means)
    {
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        table.AddColumn("held-out images");
        table.AddColumns(new[] { "loss", "MAP@R", "recall@1", "active" }.Select(name => new TableColumn(name).RightAligned()).ToArray());
        AddRow("the 64 pixels themselves", pixels);
        foreach (var mean in Rows(means))
            AddRow(mean.Batch == 0 ? "before training" : $"after {mean.Batch} batches", mean);
        AnsiConsole.Write(table);

        void AddRow(string name, Checkpoint figures) =>
            table.AddRow(name, LossNumber(figures.Loss), Number(figures.MapAtR), Number(figures.RecallAt1), Percent(figures.ActiveShare));
    }

    /// <summary>The first, the last and five between.</summary>
    public static IEnumerable<Checkpoint> Rows(IReadOnlyList<Checkpoint> means) =>
        Enumerable.Range(0, RowsAfterTraining + 1).Select(row => means[row * (means.Count - 1) / RowsAfterTraining]).Distinct();

    public static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    public static string LossNumber(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    public static string Percent(double share) => double.IsNaN(share) ? "–" : $"{(100 * share).ToString("F0", CultureInfo.InvariantCulture)} %";

    private static SeedRun WithLine(int seed, Func<int, IRunProgress, SeedRun> run, IRunProgress warnings)
    {
        var done = run(seed, warnings);
        Console.WriteLine($"seed {seed}: MAP@R {Number(done.Checkpoints[^1].MapAtR)}, recall@1 {Number(done.Checkpoints[^1].RecallAt1)}");
        return done;
    }
}
