using System.Globalization;

namespace TripletLoss.Learning;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(int Seeds = 10, int Batches = Kanji.Recipe.DefaultBatches, string? Output = null, bool WantsHelp = false)
{
    public const string Help = """
        Trains the kanji sample's network with every loss, plain and ours, with GradientCache and with CrossBatchMemory.

        usage: dotnet run -c Release --project tests/TripletLoss.Learning -- [options]
          --seeds N        so many seeds each (10)
          --batches N      batches to train on (900)
          --quick          two seeds and 25 batches
          --output FILE    put the table between the marks of this page, too
          --help           this text
        """;

    /// <exception cref="ArgumentException">An option is unknown, has no value or a bad one; the message is for the user.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        var options = new Options();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--help" or "-h" => options with { WantsHelp = true },
                "--quick" => options with { Seeds = 2, Batches = 25 },
                "--seeds" => options with { Seeds = Whole(name, rest) },
                "--batches" => options with { Batches = Whole(name, rest) },
                "--output" => options with { Output = rest.TryDequeue(out var file) ? file : throw new ArgumentException($"{name} needs a file. See --help.") },
                _ => throw new ArgumentException($"There is no option '{name}'. See --help."),
            };
        }

        return options;
    }

    private static int Whole(string name, Queue<string> rest) =>
        int.TryParse(rest.TryDequeue(out var text) ? text : "", NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{name} needs a whole number above 0, got {(text is null ? "nothing" : $"'{text}'")}. See --help.");
}
