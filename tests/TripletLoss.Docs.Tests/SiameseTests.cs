using System.Globalization;
using System.Text.RegularExpressions;

namespace TripletLoss.Docs.Tests;

public class SiameseTests
{
    [Fact]
    public void It_has_less_than_120_lines() => Repository.Read("samples", "Siamese", "Program.cs").TrimEnd().Split('\n').Length.Should().BeLessThan(120);

    [Fact]
    public void Both_ways_find_unseen_characters_better_than_the_pixels()
    {
        // Threads that wait for each other take minutes on a machine that is busy otherwise.
        int threads = TorchSharp.torch.get_num_threads();
        TorchSharp.torch.set_num_threads(1);
        var (exitCode, output, errors) = SampleProgram.Run("Siamese");
        TorchSharp.torch.set_num_threads(threads);
        exitCode.Should().Be(0, errors);
        var figures = Regex.Matches(output, @"^(?<name>.*?) +MAP@R (?<figure>[\d.]+)", RegexOptions.Multiline)
            .Select(match => (Name: match.Groups["name"].Value, Figure: double.Parse(match.Groups["figure"].Value, CultureInfo.InvariantCulture))).ToList();
        figures.Select(figure => figure.Name.Split(',')[0]).Should().Equal("pixels", "offline epoch 1", "offline epoch 2", "offline epoch 3", "online");
        figures[3].Figure.Should().BeGreaterThan(figures[0].Figure + 0.03);
        figures[4].Figure.Should().BeGreaterThan(figures[0].Figure + 0.03);
        output.Should().MatchRegex(@"hardest 2400 triplets of 2400 anchors; semi-hard \d+ triplets of \d+ anchors");
    }
}
