using System.Globalization;
using Spectre.Console;

namespace Kanji;

/// <summary>Shows a run: a bar that moves in a terminal, a line a seed where the output goes to a file or a pipe. Warnings come at once.</summary>
internal static class Display
{
    public static List<SeedRun> RunAll(Options options, Func<int, IRunProgress, SeedRun> run)
    {
        if (Console.IsOutputRedirected)
        {
            var warnings = new WarningLines(Console.WriteLine);
            return [.. options.Seeds.Select(seed => WithLine(seed, run, warnings))];
        }

        // Above the bars.
        var lines = new WarningLines(warning => AnsiConsole.MarkupLineInterpolated($"[{(warning.IsSuccess ? "green" : "yellow")}]{warning.ToString()}[/]"));
        return AnsiConsole.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                var bars = options.Seeds.Select(seed => new RunBar(context, seed, options.Batches, lines)).ToList();
                return options.Seeds.Select((seed, at) => bars[at].Follow(progress => run(seed, progress))).ToList();
            });
    }

    /// <summary>The table of the looks at seen and unseen characters.</summary>
    public static void Show(Findings findings)
    {
        var table = Tables.New("");
        table.AddColumns(new[] { "unseen MAP@R", "unseen recall@1", "seen MAP@R", "seen recall@1", "loss", "active" }.Select(name => new TableColumn(name).RightAligned()).ToArray());
        AddRow("the pixels", new Checkpoint(0, Unseen: findings.Pixels));
        foreach (var mean in findings.Looks)
            AddRow(mean.Batch == 0 ? "before training" : $"after {mean.Batch} batches", mean);
        Tables.Write(table);

        void AddRow(string name, Checkpoint mean) => table.AddRow(
            name, Number(mean.Unseen?.MapAtR), Number(mean.Unseen?.RecallAt1), Number(mean.Seen?.MapAtR), Number(mean.Seen?.RecallAt1), LossNumber(mean.TrainingLoss), Percent(mean.ActiveShare));
    }

    public static string Number(double? value) => Text(value, "F3");

    public static string LossNumber(double? value) => Text(value, "F4");

    public static string Percent(double? share) => share is null ? "–" : $"{Text(100 * share, "F0")} %";

    private static string Text(double? value, string format) => value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static SeedRun WithLine(int seed, Func<int, IRunProgress, SeedRun> run, IRunProgress warnings)
    {
        var done = run(seed, warnings);
        var (seen, unseen) = (done.History.Checkpoints[^1].Seen!, done.History.Checkpoints[^1].Unseen!);
        Console.WriteLine($"seed {seed}: unseen MAP@R {Number(unseen.MapAtR)}, recall@1 {Number(unseen.RecallAt1)}; seen {Number(seen.MapAtR)}, {Number(seen.RecallAt1)}");
        return done;
    }
}
