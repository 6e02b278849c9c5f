using System.Globalization;
using Spectre.Console;

namespace Digits;

/// <summary>Shows a run: a bar that moves in a terminal, a line a seed where the output goes to a file or a pipe.</summary>
internal static class Display
{
    public static List<List<Checkpoint>> RunAll(Options options, Func<int, IRunProgress, List<Checkpoint>> run)
    {
        if (Console.IsOutputRedirected) return [.. options.Seeds.Select(seed => WithLine(seed, run))];
        return AnsiConsole.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                var bars = options.Seeds.Select(seed => new RunBar(context, seed, options.Batches)).ToList();
                return options.Seeds.Select((seed, at) => bars[at].Follow(progress => run(seed, progress))).ToList();
            });
    }

    /// <summary>The table of all looks at the held-out images.</summary>
    public static void Show(Checkpoint pixels, IReadOnlyList<Checkpoint> means)
    {
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        table.AddColumn("held-out images");
        table.AddColumns(new[] { "loss", "MAP@R", "recall@1" }.Select(name => new TableColumn(name).RightAligned()).ToArray());
        AddRow("the 64 pixels themselves", pixels);
        foreach (var mean in means)
            AddRow(mean.Batch == 0 ? "before training" : $"after {mean.Batch} batches", mean);
        AnsiConsole.Write(table);

        void AddRow(string name, Checkpoint figures) =>
            table.AddRow(name, LossNumber(figures.Loss), Number(figures.MapAtR), Number(figures.RecallAt1));
    }

    public static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    public static string LossNumber(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static List<Checkpoint> WithLine(int seed, Func<int, IRunProgress, List<Checkpoint>> run)
    {
        var checkpoints = run(seed, new Silence());
        Console.WriteLine($"seed {seed}: MAP@R {Number(checkpoints[^1].MapAtR)}, recall@1 {Number(checkpoints[^1].RecallAt1)}");
        return checkpoints;
    }

    private sealed class Silence : IRunProgress
    {
        public void Trained(int batch, double loss)
        {
        }

        public void Looked(Checkpoint checkpoint)
        {
        }
    }
}
