namespace TripletLoss.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Quick">Less than two minutes instead of about ten.</param>
/// <param name="List">Only list what would be measured.</param>
/// <param name="Only">Only the measurements whose title contains this; all for null.</param>
/// <param name="Output">The page to put the report in; null: standard output only.</param>
internal sealed record Options(bool Quick, bool List, string? Only, string? Output)
{
    /// <summary>What <c>--help</c> says.</summary>
    public const string Help = """
        usage: dotnet run -c Release --project tests/TripletLoss.Benchmarks -- [options]
          --quick          less than two minutes
          --only TEXT      only the measurements whose title contains the text
          --output FILE    put the report between the marks of this page
          --list           list the titles
        """;

    /// <summary>How one repeats the run.</summary>
    public string Command => "dotnet run -c Release --project tests/TripletLoss.Benchmarks --" + (Quick ? " --quick" : "") + (Only is null ? "" : $" --only \"{Only}\"") + (Output is null ? "" : $" --output {Output}");

    /// <summary>Reads the arguments; the exception's message is for the user.</summary>
    /// <exception cref="ArgumentException">An argument is not known, or lacks its value.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        var options = new Options(false, false, null, null);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            options = argument switch
            {
                "--quick" => options with { Quick = true },
                "--list" => options with { List = true },
                "--only" => options with { Only = Value(argument, rest) },
                "--output" => options with { Output = Value(argument, rest) },
                _ => throw new ArgumentException($"'{argument}' is not an option.\n{Help}"),
            };
        }
        return options;
    }

    /// <summary>Whether a measurement is asked for.</summary>
    public bool Wants(IMeasurement measurement) => Only is null || measurement.Title.Contains(Only, StringComparison.OrdinalIgnoreCase);

    private static string Value(string argument, Queue<string> rest) =>
        rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"'{argument}' needs a value.\n{Help}");
}
