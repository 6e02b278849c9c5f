using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using TripletLoss;

namespace Kanji;

/// <summary>All that is needed to do the same again.</summary>
internal static class RepeatSection
{
    public static string Of(Findings findings)
    {
        var options = findings.Options;
        string[][] rows =
        [
            ["command", $"<code>{Html.Text(options.Command)}</code>"],
            ["loss", $"<code>{Html.Text(Losses.Serialize(options.Recipe.Loss))}</code>"],
            ["network", Html.Text(EmbeddingNetwork.Description)],
            ["optimiser", $"Adam; the learning rate grows to {Recipe.LearningRate} over {Recipe.WarmUp} batches and falls in a line to a hundredth of that over {options.Recipe.Decay}"],
            ["batches", $"{options.Batches} of {Training.Classes} characters × {Training.SamplesPerClass} typefaces, by ClassBalancedSampler; each image distorted: {RandomViews.Points} × {RandomViews.Points} points of it move by up to {RandomViews.Reach} pixels"],
            ["memory, chunks", $"{(options.Memory > 0 ? $"CrossBatchMemory of {options.Memory}" : "no memory")}, {(options.Chunk > 0 ? $"GradientCache in chunks of {options.Chunk}" : "whole batches")}"],
            ["seeds", string.Join(", ", options.Seeds)],
            ["data", $"kanji.gz of the sample: {KanjiSplit.TrainingCharacters} characters to train on, {findings.Unseen.Characters.Count} others to test on, {Typeface.Names.Count} typefaces, {KanjiImages.Side} × {KanjiImages.Side} pixels"],
            ["versions", $"TripletLoss {Version(typeof(Loss))}, TorchSharp {Version(typeof(torch))}, libtorch {torch.__version__}, {RuntimeInformation.FrameworkDescription}"],
            ["machine", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"],
            ["threads", $"{torch.get_num_threads()}"],
            ["date", $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {findings.Time.TotalSeconds:0} s"],
        ];
        return Html.Section("To repeat it", Html.Card("Everything that the results depend on", "The same command on the same machine gives the same results; another processor rounds differently.", [], Html.Table([], rows), "wide repeat"));
    }

    /// <summary>The most important of it in a line.</summary>
    public static string Setting(Findings findings) => string.Join(" · ", [
        $"{findings.Runs[0].Report.LossName}, margin {findings.Options.Margin}",
        $"{findings.Options.Batches} batches of {Training.Classes} characters × {Training.SamplesPerClass} typefaces",
        $"{KanjiSplit.TrainingCharacters} characters trained on",
        $"{(findings.Runs.Count == 1 ? "seed" : "means of seeds")} {string.Join(", ", findings.Options.Seeds)}"]);

    private static string Version(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}
