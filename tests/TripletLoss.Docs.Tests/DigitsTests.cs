using System.Diagnostics;

namespace TripletLoss.Docs.Tests;

public class DigitsTests
{
    [Fact]
    public void Help_names_every_option()
    {
        var (exitCode, output, _) = SampleProgram.Run("Digits", "--help");
        exitCode.Should().Be(0);
        output.Should().ContainAll("--batches", "--margin", "--seed", "--output", "--help");
    }

    [Theory]
    [InlineData("There is no option '--rate'.", "--rate", "1")]
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
        errors.Should().StartWith(message).And.Contain("--help");
    }

    /// <summary>util-linux's script gives a program a terminal, where the display is another one.</summary>
    [Fact]
    public void In_a_terminal_it_shows_bars()
    {
        const string Terminal = "/usr/bin/script";
        if (!File.Exists(Terminal)) return;
        var folder = Directory.CreateTempSubdirectory("triplet-loss-digits-").FullName;
        var program = Path.Combine(AppContext.BaseDirectory, "Digits.dll");
        var start = new ProcessStartInfo(Terminal, ["-qec", $"dotnet {program} --batches 12 --seed 7,8 --output {folder}", "/dev/null"]) { RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm-256color";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, output);
        output.Should().ContainAll("seed 7", "seed 8", "━━━", "100%", "╭", "the same value");
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
