using System.Diagnostics;
using Kanji;
using TripletLoss.Learning;
using Options = TripletLoss.Learning.Options;

Options options;
try
{
    options = Options.Parse(args);
}
catch (ArgumentException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}

if (options.WantsHelp)
{
    Console.WriteLine(Options.Help);
    return 0;
}

var watch = Stopwatch.StartNew();
set_num_threads(Environment.ProcessorCount);
using var split = KanjiSplit.Load();
var trial = new Trial(split);
var variants = Variant.All(options.Batches);
var seeds = Enumerable.Range(1, options.Seeds).ToList();
var outcomes = new List<(Variant, IReadOnlyList<Figures>)>();
Progress.Show(variants.Count * seeds.Count * options.Batches, (begin, trained) =>
{
    foreach (var variant in variants)
    {
        begin($"[{outcomes.Count + 1}/{variants.Count}] {variant.Rule}, {variant.Name}");
        outcomes.Add((variant, [.. seeds.Select(seed => trial.Run(variant.Recipe, seed, trained))]));
    }
});

var report = $"""
    {seeds.Count} seeds, {options.Batches} batches each; TorchSharp over libtorch {__version__}, {get_num_threads()} of {Environment.ProcessorCount} cores, {watch.Elapsed.TotalMinutes:F0} minutes, {DateTime.UtcNow:yyyy-MM-dd}.

    {LearningTable.Of(trial.Pixels(), [.. seeds.Select(trial.Untrained)], outcomes)}
    """;
Console.Write(report);
if (options.Output is { } page) LearningPage.Put(page, report);
return 0;
