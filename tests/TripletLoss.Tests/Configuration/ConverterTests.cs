using System.Text.Json;
using System.Text.Json.Serialization;

namespace TripletLoss.Tests.Configuration;

/// <summary>Configurations and distances by <see cref="JsonSerializer"/>.</summary>
public class ConverterTests
{
    public ConverterTests() => OwnLosses.Register();

    [Fact]
    public void A_configuration_is_written_as_in_the_loss()
    {
        var loss = new TripletHardLoss(0.5, true, Distance.Cosine, LossReduction.MeanWithSampleWeight, "mine");
        JsonSerializer.Serialize(loss.GetConfig()).Should().Be(
            """{"name":"mine","reduction":"mean_with_sample_weight","margin":0.5,"soft":true,"distance_metric":"angular"}""");
        JsonSerializer.Serialize(loss.GetConfig()).Should().Be(loss.GetConfig().ToString());
    }

    [Theory]
    [MemberData(nameof(JsonSerializerTests.All), MemberType = typeof(JsonSerializerTests))]
    public void A_configuration_comes_back(Loss loss)
    {
        LossConfig config = loss.GetConfig();
        var same = JsonSerializer.Deserialize<LossConfig>(JsonSerializer.Serialize(config))!;
        same.Equals(config).Should().BeTrue();
        config.Equals(same).Should().BeTrue();
        same.GetHashCode().Should().Be(config.GetHashCode());
        same.Keys.Should().Equal(config.Keys);
        same.WithDefaultsOf(loss).Equals(config).Should().BeTrue();
    }

    [Theory]
    [InlineData("[]", "$ must be an object, got an array.*")]
    [InlineData("3", "$ must be an object, got 3.*")]
    [InlineData("""{"a": {}}""", "$.a must be a number, a string, true, false or null, got an object.*")]
    [InlineData("""{"a": 1, "a": 1}""", "$.a occurs twice.*")]
    [InlineData("""{"": 1}""", "$[''] is not known: a name is empty.*")]
    public void Other_json_is_no_configuration(string json, string message) =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize<LossConfig>(json)).Should().Throw<JsonException>().WithMessage(message);

    [Fact]
    public void A_configuration_that_cannot_be_read_back_is_not_written()
    {
        FluentActions.Invoking(() => JsonSerializer.Serialize(new LossConfig(("x", double.NaN)))).Should().Throw<InvalidOperationException>().WithMessage("x is NaN, a number that JSON cannot represent.");
        FluentActions.Invoking(() => JsonSerializer.Serialize(new LossConfig(("d", Distance.Create((x, y) => x))))).Should().Throw<InvalidOperationException>().WithMessage("*Distance.Register*");
    }

    [Fact]
    public void A_distance_is_its_name()
    {
        foreach (var distance in (Distance[])[Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine, Distance.Register("converter-tests", (x, y) => x)])
        {
            JsonSerializer.Serialize(distance).Should().Be($"\"{distance.Name}\"");
            JsonSerializer.Deserialize<Distance>(JsonSerializer.Serialize(distance)).Should().BeSameAs(distance);
        }
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Distance>("\"angluar\"")).Should().Throw<JsonException>().WithMessage("$ \"angluar\" is not known. Did you mean 'angular'? *");
        FluentActions.Invoking(() => JsonSerializer.Deserialize<Distance>("3")).Should().Throw<JsonException>().WithMessage("$ must be a distance's name, got 3.*");
        FluentActions.Invoking(() => JsonSerializer.Serialize(Distance.Create((x, y) => x))).Should().Throw<InvalidOperationException>().WithMessage("*Distance.Register*");
    }

    [Fact]
    public void A_source_generated_context_works()
    {
        var settings = new ConfigSettings(new TripletSemiHardLoss(0.25).GetConfig(), Distance.Cosine, null);
        string json = JsonSerializer.Serialize(settings, ConfigJsonContext.Default.ConfigSettings);
        json.Should().Be("""{"Config":{"name":"triplet_semi_hard_loss","reduction":"sum_over_batch_size","margin":0.25,"distance_metric":"squared-L2"},"Distance":"angular","Other":null}""");
        JsonSerializer.Deserialize(json, ConfigJsonContext.Default.ConfigSettings).Should().Be(settings);
        FluentActions.Invoking(() => JsonSerializer.Deserialize("""{"Distance": "x"}""", ConfigJsonContext.Default.ConfigSettings)).Should().Throw<JsonException>().Which.Path.Should().Be("$.Distance");
    }
}

/// <summary>Settings that hold parts of a loss.</summary>
public sealed record ConfigSettings(LossConfig Config, Distance Distance, LossConfig? Other);

[JsonSerializable(typeof(ConfigSettings))]
[JsonSerializable(typeof(TripletReport))]
internal sealed partial class ConfigJsonContext : JsonSerializerContext;
