using System.Text.Json;

namespace Kanji;

/// <summary>Where the training of a seed is saved.</summary>
internal sealed class SeedFolder(string output, int seed)
{
    private const string HistoryFile = "history.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Path { get; } = System.IO.Path.Combine(output, $"seed-{seed}");

    public bool Exists => Directory.Exists(Path);

    /// <summary>A training that begins anew forgets the old one.</summary>
    public void Clear()
    {
        if (Exists) Directory.Delete(Path, recursive: true);
    }

    /// <summary>Writes another folder and lets it take the old one's place, so that a run can be stopped at any time.</summary>
    public void Save(Training training, RunHistory history)
    {
        var next = Path + ".new";
        Directory.CreateDirectory(next);
        training.Save(next);
        File.WriteAllText(System.IO.Path.Combine(next, HistoryFile), JsonSerializer.Serialize(history, Indented));
        Clear();
        Directory.Move(next, Path);
    }

    /// <summary>What was known when it was saved, or null where nothing was saved.</summary>
    public RunHistory? History() => Exists ? JsonSerializer.Deserialize<RunHistory>(File.ReadAllText(System.IO.Path.Combine(Path, HistoryFile))) : null;

    /// <summary>Brings a training to where it was saved.</summary>
    /// <returns>Its history, or null where nothing was saved.</returns>
    public RunHistory? Load(Training training)
    {
        if (!Exists) return null;
        training.Load(Path);
        return History();
    }
}
