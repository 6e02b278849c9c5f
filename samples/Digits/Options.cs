using System.Globalization;
using TripletLoss;

namespace Digits;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Help = """
        Trains a network on images of handwritten digits with a triplet loss, and shows how well it finds images of
        the same digit among images that it never saw.

        usage: dotnet run -c Release --project samples/Digits -- [options]

          --loss L        semi-hard, hard or all: TripletSemiHardLoss, TripletHardLoss or TripletBatchAllLoss (semi-hard)
          --margin M      the loss's margin (0.2)
          --batches N     batches to train on, each of 10 digits x 8 images (600)
          --epochs N      the same in rounds through the training images, 11 batches each
          --seed S[,S]    one run for each seed; the figures are their mean (1,2,3)
          --memory N      mine against the last N embeddings too, with CrossBatchMemory (none)
          --chunk N       encode N images of a batch at a time, with GradientCache (all 80 at once)
          --output DIR    the folder for what is written (artifacts/digits)
          --help          this text

        Writes report.html, the figures as a page; vectors.tsv and metadata.tsv, the held-out embeddings and their digits for
        https://projector.tensorflow.org; and loss.json, the loss's configuration.

        Exit status: 0; 1 when a run with the default loss, margin and batches misses its goal; 2 for bad options.
        """;

    private const int MostBatches = 1_000_000;

    public string LossName { get; init; } = "semi-hard";

    public double Margin { get; init; } = 0.2;

    public int Batches { get; init; } = 600;

    public IReadOnlyList<int> Seeds { get; init; } = [1, 2, 3];

    public int Memory { get; init; }

    public int Chunk { get; init; }

    public string Output { get; init; } = Path.Combine("artifacts", "digits");

    public bool WantsHelp { get; init; }

    /// <summary>Whether the goal applies: it was set for these.</summary>
    public bool HasGoal => (LossName, Margin, Batches, Memory, Chunk) == ("semi-hard", 0.2, 600, 0, 0) && Seeds.Count >= 3;

    public Recipe Recipe => new(
        LossName switch
        {
            "hard" => new TripletHardLoss(Margin),
            "all" => new TripletBatchAllLoss(Margin),
            _ => new TripletSemiHardLoss(Margin),
        },
        Batches, Memory, Chunk);

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
        "--loss" => this with { LossName = value is "semi-hard" or "hard" or "all" ? value : throw new OptionException($"{name} needs semi-hard, hard or all, got {Quoted(value)}.") },
        "--margin" => this with { Margin = NotNegative(name, value) },
        "--batches" => this with { Batches = Whole(name, value, 1, MostBatches) },
        "--epochs" => this with { Batches = Training.BatchesPerEpoch * Whole(name, value, 1, MostBatches / Training.BatchesPerEpoch) },
        "--seed" => this with { Seeds = [.. (value ?? "").Split(',').Select(seed => Whole(name, seed, 0, int.MaxValue))] },
        "--memory" => this with { Memory = Whole(name, value, 1, 1_000_000) },
        "--chunk" => this with { Chunk = Whole(name, value, 1, Training.BatchSize) },
        "--output" => this with { Output = value ?? throw new OptionException($"{name} needs a folder.") },
        _ => throw new OptionException($"There is no option '{name}'."),
    };

    private static int Whole(string name, string? text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new OptionException($"{name} needs a whole number from {least} to {most}, got {Quoted(text)}.");

    private static double NotNegative(string name, string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number)
            ? number
            : throw new OptionException($"{name} needs a number that is not negative, got {Quoted(text)}.");

    private static string Quoted(string? text) => text is null ? "nothing" : $"'{text}'";
}
