using System.Globalization;
using Spectre.Console;
using TripletLoss.Tests;

const string Help = """
    usage: make fuzz [COUNT=20000] [SEED=1]
    Runs COUNT random calls, numbered from SEED on, through every kernel and through loops in float64. Stops at the first
    difference and says which number repeats it: make fuzz COUNT=1 SEED=<number>.
    """;

if (args.Length > 2 || args.Any(argument => !long.TryParse(argument, CultureInfo.InvariantCulture, out long number) || number < 0))
{
    Console.Error.WriteLine(Help);
    return 2;
}

long count = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
long first = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 1;
string? difference = null;
AnsiConsole.Progress().Start(context =>
{
    var bar = context.AddTask("random calls", maxValue: count);
    Parallel.For(first, first + count, (seed, loop) =>
    {
        foreach (var kernel in KernelUnderTest.All)
        {
            if (Try(kernel, seed) is { } found)
            {
                Interlocked.CompareExchange(ref difference, found, null);
                loop.Stop();
                return;
            }
        }
        bar.Increment(1);
    });
});
if (difference is not null)
{
    Console.WriteLine(difference);
    return 1;
}
Console.WriteLine($"{count} random calls from {first} on: every kernel agrees with the oracle.");
return 0;

static string? Try(KernelUnderTest kernel, long seed)
{
    try
    {
        // Mostly small batches, which hold every kind of trouble at a hundredth of the cost.
        return kernel.Difference(RandomCase.Of(seed, largest: seed % 16 == 0 ? 70 : 16));
    }
    catch (Exception exception)
    {
        return $"{kernel.Name}, seed {seed}: {exception}";
    }
}
