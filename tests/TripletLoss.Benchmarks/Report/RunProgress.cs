using Spectre.Console;

namespace TripletLoss.Benchmarks;

/// <summary>Shows how far a run is, on standard error: a bar in a terminal, otherwise a line a measurement.</summary>
internal static class RunProgress
{
    /// <summary>Runs the measurements one after another.</summary>
    public static void Run(IReadOnlyList<IMeasurement> measurements, Findings findings)
    {
        if (Console.IsErrorRedirected)
            RunWithLines(measurements, findings);
        else
            RunWithBar(measurements, findings);
    }

    private static void RunWithLines(IReadOnlyList<IMeasurement> measurements, Findings findings)
    {
        for (int i = 0; i < measurements.Count; i++)
        {
            Console.Error.WriteLine($"[{i + 1}/{measurements.Count}] {measurements[i].Title}");
            RunOne(measurements[i], findings);
        }
    }

    private static void RunWithBar(IReadOnlyList<IMeasurement> measurements, Findings findings)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress()
            .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new ElapsedTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                // The bar redraws ten times a second on a thread of its own, which costs the measurements nothing to speak of.
                var task = context.AddTask("starting", maxValue: measurements.Count);
                foreach (var measurement in measurements)
                {
                    task.Description = Markup.Escape(measurement.Title);
                    RunOne(measurement, findings);
                    task.Increment(1);
                }
            });
    }
    // Ten minutes of figures are not thrown away for one that failed.
    private static void RunOne(IMeasurement measurement, Findings findings)
    {
        try
        {
            measurement.Run(findings);
        }
        catch (Exception error)
        {
            findings.Failures.Add((measurement.Title, error.Message.Split('\n')[0]));
        }
    }
}
