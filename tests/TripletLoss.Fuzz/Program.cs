using System.Globalization;
using Spectre.Console;
using TripletLoss.Fuzz;
using TripletLoss.Tests;
using static TorchSharp.torch;

const string Help = """
    usage: dotnet run -c Release --project tests/TripletLoss.Fuzz -- [COUNT=20000] [SEED=1]
    Runs COUNT random calls, numbered from SEED on, through every kernel and through loops in float64; then a share of them
    once more without vector instructions. Stops at the first difference and says which number repeats it:
    dotnet run -c Release --project tests/TripletLoss.Fuzz -- 1 <number>
    """;

if (args.Length > 2 || args.Any(argument => !long.TryParse(argument, CultureInfo.InvariantCulture, out long number) || number < 0))
{
    Console.Error.WriteLine(Help);
    return 2;
}

long count = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
long first = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 1;
// A bar in a terminal; where it is redirected, a plain line now and then.
AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
{
    Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
    Out = new AnsiConsoleOutput(Console.Error),
});
string? difference = null;
AnsiConsole.Progress().Start(context =>
{
    var bar = context.AddTask(PlainRun.IsThis ? "random calls, plain" : "random calls", maxValue: count);
    Parallel.For(first, first + count, (seed, loop) =>
    {
        if (Difference(seed) is { } found)
        {
            Interlocked.CompareExchange(ref difference, found, null);
            loop.Stop();
            return;
        }
        bar.Increment(1);
    });
});
if (difference is not null)
{
    Console.WriteLine(difference);
    return 1;
}
Console.WriteLine($"{count} random calls from {first} on{(PlainRun.IsThis ? ", plain" : "")}: every kernel agrees with the oracle.");
return PlainRun.IsThis ? 0 : PlainRun.Start(count, first);

static string? Difference(long seed)
{
    string at = "the oracle";
    try
    {
        using var scope = NewDisposeScope();
        var trial = new CaseTrial(RandomCase.Of(seed, largest: Largest(seed)));
        foreach (var kernel in KernelUnderTest.All)
        {
            at = kernel.Name;
            if (kernel.Difference(trial) is { } found)
                return found;
        }
        return null;
    }
    catch (Exception exception)
    {
        return $"{at}, seed {seed}: {exception}";
    }
}

// Mostly small batches, which hold every kind of trouble at a hundredth of the cost.
static int Largest(long seed) => seed % 16 == 0 ? 70 : 16;
