using System.Text.RegularExpressions;

namespace TripletLoss.Docs.Tests;

public class JsonPageTests
{
    private static readonly string[] Blocks =
        [.. Regex.Matches(Repository.Read("docs", "json.md"), @"^```json\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value.TrimEnd())];

    [Fact]
    public void The_first_block_is_what_is_written() =>
        Blocks[0].Should().Be(Losses.Serialize(new TripletSemiHardLoss(margin: 0.5), indented: true).ReplaceLineEndings("\n"));

    [Fact]
    public void The_others_are_read_as_the_page_says()
    {
        Blocks.Should().HaveCount(3);
        Losses.Deserialize(Blocks[1]).GetConfig().Should().Equal(new TripletSemiHardLoss().GetConfig());
        Losses.Deserialize(Blocks[2]).GetConfig().Should().Equal(new TripletHardLoss(1, soft: true, Distance.Euclidean).GetConfig());
    }

    [Fact]
    public void A_misspelt_key_is_told_in_these_words()
    {
        var error = FluentActions.Invoking(() => Losses.Deserialize("""{"class_name": "TripletSemiHardLoss", "config": {"margn": 0.5}}"""))
            .Should().Throw<System.Text.Json.JsonException>().Which;
        Repository.Read("docs", "json.md").Should().Contain($"// {error.Message}\n");
    }
}
