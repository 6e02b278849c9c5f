using System.Text;
using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

/// <summary>Files made to hurt: an error that can be read, in a time and with a memory in proportion to the file.</summary>
public class HostileJsonTests
{
    [Fact]
    public void An_element_with_invalid_unicode_is_refused_like_text()
    {
        using var document = JsonDocument.Parse("""{"class_name": "TripletHardLoss", "config": {"name": "@"}}"""u8.ToArray().Select(letter => letter == '@' ? (byte)0xFF : letter).ToArray());
        FluentActions.Invoking(() => Losses.Deserialize(document.RootElement))
            .Should().Throw<JsonException>().WithMessage("$.config.name holds text that is not valid Unicode:*");
    }

    [Fact]
    public void A_key_of_ten_million_letters_gives_a_short_message()
    {
        string key = new('x', 10_000_000);
        FluentActions.Invoking(() => Losses.Deserialize($$"""{"class_name": "TripletHardLoss", "config": {"{{key}}": 1} }"""))
            .Should().Throw<JsonException>().Which.Message.Length.Should().BeLessThan(1000);
        FluentActions.Invoking(() => Losses.Deserialize($$"""{"class_name": "TripletHardLoss", "{{key}}": 1}"""))
            .Should().Throw<JsonException>().Which.Message.Length.Should().BeLessThan(1000);
        FluentActions.Invoking(() => new LossConfig((key, 1.0), (key, 2.0))).Should().Throw<ArgumentException>().Which.Message.Length.Should().BeLessThan(1000);
        FluentActions.Invoking(() => LossConfig.Empty.GetDouble(key)).Should().Throw<ArgumentException>().Which.Message.Length.Should().BeLessThan(1000);
        FluentActions.Invoking(() => Losses.Get(key)).Should().Throw<ArgumentException>().Which.Message.Length.Should().BeLessThan(1000);
    }

    [Fact]
    public void The_paths_of_a_long_key_and_of_many_items_do_not_multiply()
    {
        string key = new('x', 200_000), items = string.Join(',', Enumerable.Repeat("0", 100_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => Losses.Deserialize($$"""{"config": {"{{key}}": [{{items}}]}, "class_name": "TripletHardLoss"}"""))
            .Should().Throw<JsonException>().WithMessage("$.config['xxx*...'] *");
        // One path an item, each of the key's length, would be 40 GB.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(500_000_000);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("""{"a":""", "}")]
    public void Depth_costs_nothing_whatever_the_serializer_allows(string open, string close)
    {
        const int Depth = 30_000;
        var text = new StringBuilder("""{"class_name": "TripletHardLoss", "config": {"deep": """);
        for (int i = 0; i < Depth; i++)
            text.Append(open);
        text.Append('0');
        for (int i = 0; i < Depth; i++)
            text.Append(close);
        string json = text.Append("}}").ToString();
        var options = new JsonSerializerOptions { MaxDepth = Depth + 10 };
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Loss>(json, options)).Should().Throw<JsonException>().WithMessage("$.config.deep must be a number, a string, true, false or null, got an*");
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Depth + 10 });
        FluentActions.Invoking(() => Losses.Deserialize(document.RootElement)).Should().Throw<JsonException>();
        FluentActions.Invoking(() => Losses.Deserialize(json)).Should().Throw<JsonException>();
    }
}
