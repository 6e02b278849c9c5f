using System.Diagnostics;
using TripletLoss;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>Trains, looks, and writes what came of it.</summary>
internal static class TrainCommand
{
    public static int Run(Options options)
    {
        var watch = Stopwatch.StartNew();
        Directory.CreateDirectory(options.Output);
        // libtorch takes one thread in some virtual machines.
        set_num_threads(Environment.ProcessorCount);
        var (recipe, folders) = (options.Recipe, options.Seeds.ToDictionary(seed => seed, seed => new SeedFolder(options.Output, seed)));
        foreach (var (seed, folder) in folders) Prepare(seed, folder, options, recipe);
        File.WriteAllText(Path.Combine(options.Output, "loss.json"), Losses.Serialize(recipe.Loss, indented: true));

        using var split = KanjiSplit.Load(options.Characters);
        Console.WriteLine($"Training on {split.Training.Characters.Count} characters in {Typeface.Names.Count} typefaces; {split.Unseen.Characters.Count} others are never seen. {options.Batches} batches per seed.");
        var runs = Display.RunAll(options, (seed, progress) => SeedRun.Of(seed, split, recipe, folders[seed], progress));
        var findings = new Findings(options, split.Unseen, runs, Figures.OfPixels(split.Unseen), watch.Elapsed);
        Display.Show(findings);
        Console.WriteLine($"{(runs.Count == 1 ? "Seed" : "Means of seeds")} {string.Join(", ", options.Seeds)}; {watch.Elapsed.TotalSeconds:F0} s.");

        File.WriteAllText(Path.Combine(options.Output, "report.html"), ReportPage.Of(findings));
        ProjectorFiles.Write(runs[0].After, split.Unseen, options.Output);
        Console.WriteLine($"{Path.Combine(options.Output, "report.html")} shows it. Networks, optimisers, samplers and the loss are saved beside it. To train on, or to see the neighbours of a character:");
        Console.WriteLine((options with { Resumes = true, Batches = 2 * options.Batches }).Command);
        Console.WriteLine($"{new Options { Output = options.Output, Seeds = [options.Seeds[0]] }.Command} --query {split.Unseen.Characters[0]}");
        foreach (var run in runs) run.Dispose();
        return Goal.Judge(options, findings.Trained) ? 0 : 1;
    }

    private static void Prepare(int seed, SeedFolder folder, Options options, Recipe recipe)
    {
        if (!options.Resumes)
            folder.Clear();
        else if (folder.History() is not { } history)
            Console.WriteLine($"seed {seed}: nothing is saved in {folder.Path}, and so it begins anew.");
        else if (history.Recipe != recipe.Name)
            throw new OptionException($"{folder.Path} was trained with another recipe: {history.Recipe}, not {recipe.Name}.");
        else if (history.Checkpoints[^1].Batch >= options.Batches)
            Console.WriteLine($"seed {seed}: it was trained on {history.Checkpoints[^1].Batch} batches already.");
    }
}
