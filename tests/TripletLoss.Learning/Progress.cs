using Spectre.Console;

namespace TripletLoss.Learning;

/// <summary>Shows how far a run is, on standard error: a bar in a terminal, otherwise a line a variant.</summary>
internal static class Progress
{
    /// <param name="batches">How many there will be.</param>
    /// <param name="work">Gets what to call when something new begins, and what to call after every batch.</param>
    public static void Show(int batches, Action<Action<string>, Action> work)
    {
        if (Console.IsErrorRedirected)
        {
            work(Console.Error.WriteLine, () => { });
            return;
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress()
            .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask("starting", maxValue: batches);
                work(title => bar.Description = Markup.Escape(title), () => bar.Increment(1));
            });
    }
}
