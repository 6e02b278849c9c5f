using System.Diagnostics;
using Digits;
using TripletLoss;

Options options;
try
{
    options = Options.Parse(args);
}
catch (OptionException problem)
{
    Console.Error.WriteLine($"{problem.Message}\nSee --help.");
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
var loss = new TripletSemiHardLoss(margin: options.Margin);
Console.WriteLine($"Training on {training.Count} images of digits; {heldOut.Count} others are held out. {options.Batches} batches a seed.");

var runs = Display.RunAll(options, new Training(training, heldOut, loss, options.Batches).Run);
var means = runs[0].Select((_, at) => Checkpoint.Mean([.. runs.Select(run => run[at])])).ToList();
Display.Show(Checkpoint.Of(0, heldOut.Images, heldOut.Labels, loss), means);
Console.WriteLine($"Mean of seeds {string.Join(", ", options.Seeds)}; {watch.Elapsed.TotalSeconds:F0} s.");

var (file, isTheSame) = SavedLoss.WriteAndRead(loss, heldOut, options.Output);
Console.WriteLine($"The loss's configuration is in {file}; read back, it gives {(isTheSame ? "the same value" : "ANOTHER VALUE")}.");
return Goal.Judge(options, means[^1]) && isTheSame ? 0 : 1;
