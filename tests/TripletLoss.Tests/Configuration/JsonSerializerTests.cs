using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TripletLoss.Tests.Configuration;

public class JsonSerializerTests
{
    public JsonSerializerTests() => OwnLosses.Register();

    [Fact]
    public void Any_loss_is_read_and_written_as_a_property()
    {
        var settings = new LossSettings(new TripletHardLoss(0.5, soft: true), new TripletSemiHardLoss(0.25), 10);

        string json = JsonSerializer.Serialize(settings);
        var same = JsonSerializer.Deserialize<LossSettings>(json)!;

        JsonDocument.Parse(json).RootElement.GetProperty("Any").GetProperty("registered_name").GetString().Should().Be("TripletLoss>TripletHardLoss");
        same.Any!.GetConfig().Equals(settings.Any!.GetConfig()).Should().BeTrue();
        same.SemiHard!.Margin.Should().Be(0.25);
        same.Epochs.Should().Be(10);
    }

    [Fact]
    public void What_follows_the_loss_is_read_as_well() =>
        JsonSerializer.Deserialize<LossSettings>(
            """{"SemiHard": {"class_name": "TripletSemiHardLoss", "config": {}}, "Any": {"class_name": "VariedLoss"}, "Epochs": 3}""")!
            .Should().Match<LossSettings>(settings => settings.Epochs == 3 && settings.Any is VariedLoss);

    [Fact]
    public void A_property_can_be_null()
    {
        string json = JsonSerializer.Serialize(new LossSettings(null, null, 1));
        json.Should().Be("""{"Any":null,"SemiHard":null,"Epochs":1}""");
        JsonSerializer.Deserialize<LossSettings>(json).Should().Be(new LossSettings(null, null, 1));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_class_has_its_converter(Loss loss)
    {
        string json = JsonSerializer.Serialize(loss, loss.GetType());
        JsonSerializer.Serialize((object)loss).Should().Be(json);
        JsonSerializer.Serialize<Loss>(loss).Should().Be(json);
        JsonSerializer.Deserialize(json, loss.GetType()).Should().BeOfType(loss.GetType());
        JsonSerializer.Deserialize<Loss>(json).Should().BeOfType(loss.GetType());
        Losses.Deserialize(json).GetConfig().Equals(loss.GetConfig()).Should().BeTrue();
    }

    [Fact]
    public void Every_class_of_the_library_is_among_those() =>
        typeof(Loss).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Loss)) && !type.IsAbstract)
            .Should().BeSubsetOf(All().Select(row => row.Data.GetType()));

    [Fact]
    public void Another_class_than_the_property_is_refused()
    {
        string json = $$"""{"SemiHard": {{Losses.Serialize(new TripletHardLoss())}}}""";
        var exception = FluentActions.Invoking(() => JsonSerializer.Deserialize<LossSettings>(json)).Should().Throw<JsonException>().Which;
        exception.Message.Should().StartWith("$.class_name is TripletHardLoss, where a TripletSemiHardLoss is expected.");
        exception.Path.Should().Be("$.SemiHard");
    }

    [Fact]
    public void An_error_says_where_in_the_loss_and_where_in_the_document()
    {
        var exception = FluentActions.Invoking(() => JsonSerializer.Deserialize<List<LossSettings>>(
                """[{}, {"Any": {"class_name": "TripletHardLoss", "config": {"sofft": true}}}]"""))
            .Should().Throw<JsonException>().Which;
        exception.Message.Should().StartWith("$.config.sofft is not known. Did you mean 'soft'?");
        exception.Path.Should().Be("$[1].Any");
        exception.InnerException.Should().BeOfType<JsonException>().Which.Path.Should().Be("$.config.sofft");
    }

    [Fact]
    public void A_loss_that_cannot_be_read_back_is_not_written()
    {
        FluentActions.Invoking(() => JsonSerializer.Serialize(new LossSettings(new UnregisteredLoss(), null, 1)))
            .Should().Throw<InvalidOperationException>().WithMessage("*Losses.Register*");
        FluentActions.Invoking(() => JsonSerializer.Serialize(new LossSettings(null, new(distance: Distance.Create((x, y) => x)), 1)))
            .Should().Throw<InvalidOperationException>().WithMessage("*Distance.Register*");
    }

    [Fact]
    public async Task Streams_cut_anywhere_are_read()
    {
        string json = JsonSerializer.Serialize(Enumerable.Range(0, 50).Select(i => new LossSettings(new VariedLoss(count: i), new(i), i)).ToArray());
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));

        var read = await JsonSerializer.DeserializeAsync<LossSettings[]>(stream, new JsonSerializerOptions { DefaultBufferSize = 16 }, TestContext.Current.CancellationToken);

        read.Should().HaveCount(50).And.AllSatisfy(settings => settings.SemiHard!.Margin.Should().Be(settings.Epochs));
    }

    [Fact]
    public void The_serializer_options_apply()
    {
        var options = new JsonSerializerOptions { WriteIndented = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        JsonSerializer.Serialize<Loss>(new TripletSemiHardLoss(), options).Should().Contain("\n");
        JsonSerializer.Deserialize<Loss>("""{"class_name": "TripletHardLoss", /* here */ "config": {"soft": true,},}""", options)
            .Should().BeOfType<TripletHardLoss>().Which.Soft.Should().BeTrue();
    }

    [Fact]
    public void A_source_generated_context_works()
    {
        var settings = new LossSettings(new TripletBatchAllLoss(0.5, activeOnly: false), new TripletSemiHardLoss(0.25), 10);

        string json = JsonSerializer.Serialize(settings, LossJsonContext.Default.LossSettings);
        var same = JsonSerializer.Deserialize(json, LossJsonContext.Default.LossSettings)!;

        json.Should().Be(JsonSerializer.Serialize(settings));
        same.Any!.GetConfig().Equals(settings.Any!.GetConfig()).Should().BeTrue();
        same.SemiHard!.GetConfig().Equals(settings.SemiHard!.GetConfig()).Should().BeTrue();
        JsonSerializer.Deserialize(Losses.Serialize(settings.Any), LossJsonContext.Default.Loss).Should().BeOfType<TripletBatchAllLoss>();
        FluentActions.Invoking(() => JsonSerializer.Deserialize("""{"Any": {}}""", LossJsonContext.Default.LossSettings))
            .Should().Throw<JsonException>().Which.Path.Should().Be("$.Any");
    }

    public static TheoryData<Loss> All()
    {
        OwnLosses.Register();
        return [new TripletSemiHardLoss(0.1), new TripletHardLoss(0.1, true), new TripletBatchAllLoss(0.1, false), new ExplicitTripletLoss(0.1, swap: true), new VariedLoss(count: 9)];
    }
}

/// <summary>What a user's settings look like.</summary>
public sealed record LossSettings(Loss? Any, TripletSemiHardLoss? SemiHard, int Epochs);

[JsonSerializable(typeof(LossSettings))]
[JsonSerializable(typeof(Loss))]
internal sealed partial class LossJsonContext : JsonSerializerContext;
