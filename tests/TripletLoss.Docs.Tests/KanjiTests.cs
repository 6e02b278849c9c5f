using System.Diagnostics;
using System.Text.Json;

namespace TripletLoss.Docs.Tests;

public sealed class KanjiTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("triplet-loss-kanji-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Help_names_every_option()
    {
        var (exitCode, output, _) = SampleProgram.Run("Kanji", "--help");
        exitCode.Should().Be(0);
        output.Should().ContainAll("--loss", "--margin", "--batches", "--seed", "--memory", "--memory-after", "--chunk", "--characters", "--output", "--resume", "--query", "--picture", "--help");
    }

    [Theory]
    [InlineData("There is no option '--rate'.", "--rate", "1")]
    [InlineData("--loss needs semi-hard, hard or all, got 'soft'.", "--loss", "soft")]
    [InlineData("--memory needs a whole number from 1 to 1000000, got '-5'.", "--memory", "-5")]
    [InlineData("--chunk needs a whole number from 1 to 192, got '193'.", "--chunk", "193")]
    [InlineData("--batches needs a whole number from 1 to 1000000, got '0'.", "--batches", "0")]
    [InlineData("--batches needs a whole number from 1 to 1000000, got nothing.", "--batches")]
    [InlineData("--margin needs a number that is not negative, got '-1'.", "--margin", "-1")]
    [InlineData("--margin needs a number that is not negative, got 'NaN'.", "--margin", "NaN")]
    [InlineData("--seed needs a whole number from 0 to 1000, got 'x'.", "--seed", "1,x")]
    [InlineData("--characters needs a whole number from 2 to 200, got '201'.", "--characters", "201")]
    [InlineData("--output needs a folder.", "--output")]
    [InlineData("--query needs a character.", "--query")]
    [InlineData("There is no saved network ", "--query", "昧", "--output", "/nowhere")]
    public void Bad_options_are_told(string message, params string[] arguments)
    {
        var (exitCode, output, errors) = SampleProgram.Run("Kanji", arguments);
        exitCode.Should().Be(2);
        output.Should().BeEmpty();
        errors.TrimEnd().Should().StartWith(message).And.EndWith("See --help.").And.NotContain("\n");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var (exitCode, _, errors) = SampleProgram.Run("Kanji", "--output", file);
        exitCode.Should().Be(2);
        errors.Should().Contain(file);
    }

    [Theory]
    [InlineData(typeof(TripletSemiHardLoss))]
    [InlineData(typeof(TripletHardLoss), "--loss", "hard", "--memory", "300", "--memory-after", "1")]
    [InlineData(typeof(TripletBatchAllLoss), "--loss", "all", "--chunk", "96")]
    public void A_training_that_goes_on_is_the_same_bit_for_bit(Type loss, params string[] options)
    {
        Run("whole", "--batches", "4");
        Run("halves", "--batches", "2");
        Files("halves").Should().NotBeEquivalentTo(Files("whole"));
        Run("halves", "--batches", "4", "--resume").Should().Contain("seed 7: ");
        Files("halves").Should().BeEquivalentTo(Files("whole"));
        LastLook("halves").Should().Be(LastLook("whole"));
        Losses.Deserialize(File.ReadAllText(Path.Combine(_folder, "whole", "loss.json"))).Should().BeOfType(loss);

        string Run(string folder, params string[] more)
        {
            var (exitCode, output, errors) = SampleProgram.Run("Kanji", ["--seed", "7", "--characters", "4", "--output", Path.Combine(_folder, folder), .. options, .. more]);
            exitCode.Should().Be(0, errors);
            return output;
        }

        Dictionary<string, string> Files(string folder) => Directory.GetFiles(Path.Combine(_folder, folder, "seed-7")).Where(file => !file.EndsWith("history.json", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
        string LastLook(string folder)
        {
            using var history = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, folder, "seed-7", "history.json")));
            var last = history.RootElement.GetProperty("Checkpoints").EnumerateArray().Last();
            return $"{last.GetProperty("Batch")}: {last.GetProperty("Seen")}, {last.GetProperty("Unseen")}";
        }
    }

    [Fact]
    public void Another_seed_may_join_and_another_recipe_may_not()
    {
        string[] common = ["--characters", "4", "--output", _folder];
        SampleProgram.Run("Kanji", [.. common, "--batches", "1", "--seed", "7"]).ExitCode.Should().Be(0);
        var (joined, output, _) = SampleProgram.Run("Kanji", [.. common, "--batches", "2", "--seed", "7,8", "--resume"]);
        joined.Should().Be(0);
        output.Should().Contain("before training").And.Contain("after 2 batches").And.NotContain("after 1 batches");
        var (exitCode, _, errors) = SampleProgram.Run("Kanji", [.. common, "--batches", "2", "--seed", "7", "--margin", "0.3", "--resume"]);
        exitCode.Should().Be(2);
        errors.Should().Contain("another recipe");
    }

    [Fact]
    public void What_the_reports_find_is_told_once()
    {
        var (_, output, _) = SampleProgram.Run("Kanji", "--batches", "1", "--seed", "7,8", "--margin", "5", "--characters", "4", "--output", _folder);
        output.Split('\n').Where(line => line.Contains("UnreachableMargin")).Should().ContainSingle().Which.Should().StartWith("seed 7, batch 1: ");
        File.ReadAllText(Path.Combine(_folder, "report.html")).Should().Contain("<b>UnreachableMargin</b> (seed 7, batch 1; seed 8, batch 1)").And.Contain("verdict warn");
    }

    [Fact]
    public void The_hard_loss_from_scratch_collapses_and_says_so()
    {
        var (exitCode, output, _) = SampleProgram.Run("Kanji", "--loss", "hard", "--batches", "25", "--seed", "7", "--characters", "4", "--output", _folder);
        exitCode.Should().Be(0);
        output.Should().MatchRegex(@"seed 7, batch 25: Collapsed: the embeddings are nearly all the same.*\n");
        File.ReadAllText(Path.Combine(_folder, "report.html")).Should().Contain("<ul class=\"verdict warn\"><li><b>Collapsed</b> (seed 7, batch 25)");
    }

    /// <summary>util-linux's script gives a program a terminal, where the display is another one.</summary>
    [Fact]
    public void In_a_terminal_it_shows_bars_and_warnings()
    {
        const string Terminal = "/usr/bin/script";
        if (!File.Exists(Terminal)) return;
        var program = Path.Combine(AppContext.BaseDirectory, "Kanji.dll");
        var start = new ProcessStartInfo(Terminal, ["-qec", $"stty cols 160; dotnet {program} --batches 1 --seed 7,8 --margin 5 --characters 4 --output {_folder}", "/dev/null"]) { RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm-256color";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, output);
        output.Should().ContainAll("seed 7", "seed 8", "━━━", "100%", "╭", "MAP@R unseen", "UnreachableMargin");
    }
}
