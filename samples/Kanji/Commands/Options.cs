using System.Globalization;
using TripletLoss;

namespace Kanji;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    private const int MostBatches = 1_000_000;
    private const double DefaultMargin = 0.5;

    public string LossName { get; init; } = "semi-hard";

    public double Margin { get; init; } = DefaultMargin;

    public int Batches { get; init; } = Recipe.DefaultBatches;

    public IReadOnlyList<int> Seeds { get; init; } = [1, 2, 3];

    public int Memory { get; init; }

    public int MemoryAfter { get; init; } = Recipe.DefaultMemoryAfter;

    public int Chunk { get; init; }

    /// <summary>How many seen and how many unseen characters to look at.</summary>
    public int Characters { get; init; } = KanjiSplit.UnseenCharacters;

    public string Output { get; init; } = Path.Combine("artifacts", "kanji");

    public bool Resumes { get; init; }

    public string? Query { get; init; }

    public string? Picture { get; init; }

    public bool WantsHelp { get; init; }

    /// <summary>Whether the goal applies: it was set for these.</summary>
    public bool HasGoal =>
        (LossName, Margin, Batches, Memory, Chunk, Characters) == ("semi-hard", DefaultMargin, Recipe.DefaultBatches, 0, 0, KanjiSplit.UnseenCharacters) && Seeds.Count >= 3;

    /// <summary>The command with these options, where they are not the default ones.</summary>
    public string Command
    {
        get
        {
            var defaults = new Options();
            string[] given =
            [
                Resumes ? " --resume" : "",
                LossName == defaults.LossName ? "" : $" --loss {LossName}",
                Margin == defaults.Margin ? "" : $" --margin {Margin.ToString(CultureInfo.InvariantCulture)}",
                Batches == defaults.Batches ? "" : $" --batches {Batches}",
                Seeds.SequenceEqual(defaults.Seeds) ? "" : $" --seed {string.Join(',', Seeds)}",
                Memory == 0 ? "" : $" --memory {Memory}",
                MemoryAfter == defaults.MemoryAfter ? "" : $" --memory-after {MemoryAfter}",
                Chunk == 0 ? "" : $" --chunk {Chunk}",
                Characters == defaults.Characters ? "" : $" --characters {Characters}",
                Output == defaults.Output ? "" : $" --output {Output}",
            ];
            var text = string.Concat(given);
            return $"dotnet run -c Release --project samples/Kanji{(text is "" ? "" : " --" + text)}";
        }
    }

    public Recipe Recipe => new(
        LossName switch
        {
            "hard" => new TripletHardLoss(Margin),
            "all" => new TripletBatchAllLoss(Margin),
            _ => new TripletSemiHardLoss(Margin),
        },
        Batches, Memory, Chunk, MemoryAfter);

    /// <exception cref="OptionException">An option is unknown, has no value or a bad one.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        var options = new Options();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            options = name switch
            {
                "--help" or "-h" => options with { WantsHelp = true },
                "--resume" => options with { Resumes = true },
                _ => options.With(name, rest.TryDequeue(out var value) ? value : null),
            };
        }

        return options;
    }

    private Options With(string name, string? value) => name switch
    {
        "--loss" => this with { LossName = value is "semi-hard" or "hard" or "all" ? value : throw new OptionException($"{name} needs semi-hard, hard or all, got {Quoted(value)}.") },
        "--margin" => this with { Margin = NotNegative(name, value) },
        "--batches" => this with { Batches = Whole(name, value, 1, MostBatches) },
        "--seed" => this with { Seeds = [.. (value ?? "").Split(',').Select(seed => Whole(name, seed, 0, 1000)).Distinct()] },
        "--memory" => this with { Memory = Whole(name, value, 1, 1_000_000) },
        "--memory-after" => this with { MemoryAfter = Whole(name, value, 0, MostBatches) },
        "--chunk" => this with { Chunk = Whole(name, value, 1, Training.BatchSize) },
        "--characters" => this with { Characters = Whole(name, value, 2, KanjiSplit.UnseenCharacters) },
        "--output" => this with { Output = value ?? throw new OptionException($"{name} needs a folder.") },
        "--query" => this with { Query = value ?? throw new OptionException($"{name} needs a character.") },
        "--picture" => this with { Picture = value ?? throw new OptionException($"{name} needs a file.") },
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
