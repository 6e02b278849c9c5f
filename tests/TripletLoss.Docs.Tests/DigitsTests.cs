using System.Diagnostics;
using System.Globalization;

namespace TripletLoss.Docs.Tests;

public class DigitsTests
{
    [Fact]
    public void Help_names_every_option()
    {
        var (exitCode, output, _) = SampleProgram.Run("Digits", "--help");
        exitCode.Should().Be(0);
        output.Should().ContainAll("--loss", "--margin", "--batches", "--epochs", "--seed", "--memory", "--chunk", "--output", "--help");
    }

    [Theory]
    [InlineData("There is no option '--rate'.", "--rate", "1")]
    [InlineData("--loss needs semi-hard, hard or all, got 'soft'.", "--loss", "soft")]
    [InlineData("--epochs needs a whole number from 1 to 90909, got '1.5'.", "--epochs", "1.5")]
    [InlineData("--memory needs a whole number from 1 to 1000000, got '-5'.", "--memory", "-5")]
    [InlineData("--chunk needs a whole number from 1 to 80, got '81'.", "--chunk", "81")]
    [InlineData("--batches needs a whole number from 1 to 1000000, got '0'.", "--batches", "0")]
    [InlineData("--batches needs a whole number from 1 to 1000000, got nothing.", "--batches")]
    [InlineData("--margin needs a number that is not negative, got '-1'.", "--margin", "-1")]
    [InlineData("--margin needs a number that is not negative, got 'NaN'.", "--margin", "NaN")]
    [InlineData("--seed needs a whole number from 0 to 2147483647, got 'x'.", "--seed", "1,x")]
    [InlineData("--output needs a folder.", "--output")]
    public void Bad_options_are_told(string message, params string[] arguments)
    {
        var (exitCode, output, errors) = SampleProgram.Run("Digits", arguments);
        exitCode.Should().Be(2);
        output.Should().BeEmpty();
        errors.TrimEnd().Should().StartWith(message).And.EndWith("See --help.").And.NotContain("\n");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        var file = Path.GetTempFileName();
        var (exitCode, _, errors) = SampleProgram.Run("Digits", "--output", file);
        exitCode.Should().Be(2);
        errors.Should().Contain(file);
        File.Delete(file);
    }

    [Theory]
    [InlineData(typeof(TripletHardLoss), "--loss", "hard", "--memory", "200")]
    [InlineData(typeof(TripletBatchAllLoss), "--loss", "all", "--chunk", "30")]
    [InlineData(typeof(TripletSemiHardLoss), "--loss", "semi-hard", "--memory", "100", "--chunk", "80")]
    public void Every_loss_learns_with_memory_and_in_chunks(Type loss, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("triplet-loss-digits-").FullName;
        var (exitCode, output, _) = SampleProgram.Run("Digits", ["--epochs", "3", "--seed", "7", "--output", folder, .. options]);
        exitCode.Should().Be(0);
        double.Parse(output.Split("seed 7: MAP@R ")[1][..5], CultureInfo.InvariantCulture).Should().BeGreaterThan(0.4, "it is below 0.3 before training");
        Losses.Deserialize(File.ReadAllText(Path.Combine(folder, "loss.json"))).Should().BeOfType(loss);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_the_reports_find_is_told_once()
    {
        var folder = Directory.CreateTempSubdirectory("triplet-loss-digits-").FullName;
        var (_, output, _) = SampleProgram.Run("Digits", "--epochs", "2", "--seed", "7,8", "--margin", "5", "--output", folder);
        output.Split('\n').Where(line => line.Contains("UnreachableMargin")).Should().ContainSingle().Which.Should().StartWith("seed 7, batch 11: ");
        File.ReadAllText(Path.Combine(folder, "report.html")).Should().Contain("<b>UnreachableMargin</b> (seed 7, batch 11; seed 8, batch 11)");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>util-linux's script gives a program a terminal, where the display is another one.</summary>
    [Fact]
    public void In_a_terminal_it_shows_bars_and_warnings()
    {
        const string Terminal = "/usr/bin/script";
        if (!File.Exists(Terminal)) return;
        var folder = Directory.CreateTempSubdirectory("triplet-loss-digits-").FullName;
        var program = Path.Combine(AppContext.BaseDirectory, "Digits.dll");
        var start = new ProcessStartInfo(Terminal, ["-qec", $"dotnet {program} --batches 12 --seed 7,8 --margin 5 --output {folder}", "/dev/null"]) { RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm-256color";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, output);
        output.Should().ContainAll("seed 7", "seed 8", "━━━", "100%", "╭", "the same value", "UnreachableMargin");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_short_run_learns_and_writes_the_loss()
    {
        var folder = Directory.CreateTempSubdirectory("triplet-loss-digits-").FullName;
        var (exitCode, output, _) = SampleProgram.Run("Digits", "--batches", "30", "--seed", "7", "--margin", "0.25", "--output", folder);
        exitCode.Should().Be(0);
        output.Should().Contain("898 images").And.Contain("899 others").And.Contain("seed 7: MAP@R 0.").And.Contain("the same value").And.NotContain("Goal");
        Losses.Deserialize(File.ReadAllText(Path.Combine(folder, "loss.json"))).Should().BeOfType<TripletSemiHardLoss>().Which.Margin.Should().Be(0.25);
        Directory.Delete(folder, recursive: true);
    }
}
