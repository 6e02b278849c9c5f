using System.Diagnostics;
using Digits;

Options options;
try
{
    options = Options.Parse(args);
    if (!options.WantsHelp) Directory.CreateDirectory(options.Output);
}
catch (Exception problem) when (problem is OptionException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{problem.Message} See --help.");
    return 2;
}

if (options.WantsHelp)
{
    Console.WriteLine(Options.Help);
    return 0;
}

var watch = Stopwatch.StartNew();
using var all = DigitImages.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv.gz"));
var (training, heldOut) = all.Halves();
var recipe = options.Recipe;
Console.WriteLine($"Training on {training.Count} images of digits; {heldOut.Count} others are held out. {options.Batches} batches a seed.");

var runs = Display.RunAll(options, (seed, progress) => SeedRun.Of(seed, training, heldOut, recipe, progress));
var findings = new Findings(options, heldOut, runs, Checkpoint.Of(0, heldOut.Images, heldOut.Labels, recipe.Loss), watch.Elapsed);
Display.Show(findings.Pixels, findings.Means);
Console.WriteLine($"Mean of seeds {string.Join(", ", options.Seeds)}; {watch.Elapsed.TotalSeconds:F0} s.");

File.WriteAllText(Path.Combine(options.Output, "report.html"), ReportPage.Of(findings));
ProjectorFiles.Write(runs[0].After, heldOut, options.Output);
Console.WriteLine($"{Path.Combine(options.Output, "report.html")} shows it; vectors.tsv and metadata.tsv beside it are for an embedding projector.");

var (file, isTheSame) = SavedLoss.WriteAndRead(recipe.Loss, heldOut, options.Output);
Console.WriteLine($"The loss's configuration is in {file}; read back, it gives {(isTheSame ? "the same value" : "ANOTHER VALUE")}.");
return Goal.Judge(options, findings.Means[^1]) && isTheSame ? 0 : 1;
