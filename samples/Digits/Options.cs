using System.Globalization;

namespace Digits;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Help = """
        Trains a network on images of handwritten digits with TripletSemiHardLoss, and shows how well it finds
        images of the same digit among images that it never saw.

        usage: make sample [ARGS="..."]     or: dotnet run --project samples/Digits -c Release -- [options]

          --batches N     batches to train on, each of 10 digits x 8 images (600)
          --margin M      the loss's margin (0.2)
          --seed S[,S]    one run for each seed; the figures are their mean (1,2,3)
          --output DIR    the folder for what is written (artifacts/digits)
          --help          this text

        Exit status: 0; 1 when a run with the default batches and margin misses its goal; 2 for bad options.
        """;

    public int Batches { get; init; } = 600;

    public double Margin { get; init; } = 0.2;

    public IReadOnlyList<int> Seeds { get; init; } = [1, 2, 3];

    public string Output { get; init; } = Path.Combine("artifacts", "digits");

    public bool WantsHelp { get; init; }

    /// <summary>Whether the goal applies: it was set for these batches and this margin.</summary>
    public bool HasGoal => Batches == 600 && Margin == 0.2 && Seeds.Count >= 3;

    /// <exception cref="OptionException">An option is unknown, has no value or a bad one.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();
        for (var at = 0; at < arguments.Length; at++)
        {
            var name = arguments[at];
            if (name is "--help" or "-h") return options with { WantsHelp = true };
            var value = at + 1 < arguments.Length ? arguments[++at] : null;
            options = options.With(name, value);
        }

        return options;
    }

    private Options With(string name, string? value) => name switch
    {
        "--batches" => this with { Batches = Whole(name, value, 1, 1_000_000) },
        "--margin" => this with { Margin = Positive(name, value) },
        "--seed" => this with { Seeds = [.. (value ?? "").Split(',').Select(seed => Whole(name, seed, 0, int.MaxValue))] },
        "--output" => this with { Output = value ?? throw new OptionException($"{name} needs a folder.") },
        _ => throw new OptionException($"There is no option '{name}'."),
    };

    private static int Whole(string name, string? text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new OptionException($"{name} needs a whole number from {least} to {most}, got {Quoted(text)}.");

    private static double Positive(string name, string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number)
            ? number
            : throw new OptionException($"{name} needs a number that is not negative, got {Quoted(text)}.");

    private static string Quoted(string? text) => text is null ? "nothing" : $"'{text}'";
}
