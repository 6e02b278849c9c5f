namespace TripletLoss.Docs.Tests;

public class QuickstartTests
{
    private static readonly string Program = Repository.Read("samples", "Quickstart", "Program.cs");

    [Fact]
    public void The_documentation_begins_with_the_quickstart_as_it_is() =>
        CodeBlock.All().First(block => block.Source == "docs/index.md").Code.Should().Be(Program);

    [Fact]
    public void It_has_less_than_40_lines() => Program.Split('\n').Length.Should().BeLessThan(40);

    [Fact]
    public void It_learns_and_prints_the_loss_as_json()
    {
        var (exitCode, output, _) = SampleProgram.Run("Quickstart");
        exitCode.Should().Be(0);
        var figures = output.Split('\n').Where(line => line.StartsWith("step", StringComparison.Ordinal)).Select(line => double.Parse(line.Split(' ')[^1])).ToList();
        figures[^1].Should().BeGreaterThan(2 * figures[0], "MAP@R grows");
        Losses.Deserialize(output.TrimEnd().Split('\n')[^1]).Should().BeOfType<TripletSemiHardLoss>().Which.Margin.Should().Be(0.5);
    }
}
