using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

public class EnvelopeTests
{
    private const string Written =
        """{"module":"TripletLoss","class_name":"TripletSemiHardLoss","config":{"name":"triplet_semi_hard_loss","reduction":"sum_over_batch_size","margin":0.5,"distance_metric":"squared-L2"},"registered_name":"TripletLoss>TripletSemiHardLoss"}""";

    [Fact]
    public void A_loss_is_written_in_Keras_envelope() => Losses.Serialize(new TripletSemiHardLoss(margin: 0.5)).Should().Be(Written);

    [Fact]
    public void Indented_it_is_the_same_in_more_lines()
    {
        string indented = Losses.Serialize(new TripletSemiHardLoss(margin: 0.5), indented: true);
        indented.Split('\n').Should().HaveCountGreaterThan(8);
        JsonSerializer.Serialize(JsonDocument.Parse(indented).RootElement).Should().Be(JsonSerializer.Serialize(JsonDocument.Parse(Written).RootElement));
    }

    [Theory]
    [InlineData(Written)]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "config": {"margin": 0.5}}""")]
    [InlineData("""{"config": {"margin": 0.5}, "class_name": "TripletSemiHardLoss"}""")]
    [InlineData("""{"registered_name": null, "config": {"margin": 0.5}, "module": null, "class_name": "TripletSemiHardLoss"}""")]
    [InlineData("""{"class_name": "TripletLoss>TripletSemiHardLoss", "config": {"distance_metric": "squared-L2", "margin": 5e-1, "name": null}}""")]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "config": {"margin": 0.5, "reduction": "mean"}}""")]
    [InlineData("""  {"class_name": "Triplet\u0053emiHardLoss", "config": {"m\u0061rgin": 0.50}}  """)]
    public void It_is_read_whole_or_bare_and_in_any_order(string json)
    {
        Losses.Deserialize(json).GetConfig().Equals(new TripletSemiHardLoss(margin: 0.5).GetConfig()).Should().BeTrue();
        Losses.Serialize(Losses.Deserialize(json)).Should().Be(Written);
    }

    [Theory]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "config": {}}""")]
    [InlineData("""{"class_name": "TripletSemiHardLoss"}""")]
    public void What_is_missing_takes_its_default(string json) => Losses.Serialize(Losses.Deserialize(json)).Should().Be(Losses.Serialize(new TripletSemiHardLoss()));

    [Theory]
    [InlineData("\"none\"")]
    [InlineData("null")] // Keras 3, whose constructor takes None
    public void No_reduction_is_read_as_such(string written) =>
        Losses.Deserialize($$$"""{"class_name": "TripletSemiHardLoss", "config": {"reduction": {{{written}}}}}""").Reduction.Should().Be(LossReduction.None);

    [Fact]
    public void An_integer_margin_is_a_number() =>
        ((TripletSemiHardLoss)Losses.Deserialize("""{"class_name": "TripletSemiHardLoss", "config": {"margin": 1}}""")).Margin.Should().Be(1);

    [Fact]
    public void Bytes_are_read_with_and_without_a_byte_order_mark()
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(Written);
        Losses.Deserialize(bytes).Should().BeOfType<TripletSemiHardLoss>();
        Losses.Deserialize([0xEF, 0xBB, 0xBF, .. bytes]).Should().BeOfType<TripletSemiHardLoss>();
        Losses.Deserialize("{\"class_name\": \"TripletHardLoss\"}"u8).Should().BeOfType<TripletHardLoss>();
    }

    [Fact]
    public void A_parsed_element_is_read_in_the_manner_of_its_own_document()
    {
        const string json = """{"loss": {"class_name": "TripletHardLoss", /* why not */ "config": {"soft": true,},}}""";
        using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

        var loss = Losses.Deserialize(document.RootElement.GetProperty("loss"));

        loss.Should().BeOfType<TripletHardLoss>().Which.Soft.Should().BeTrue();
        FluentActions.Invoking(() => Losses.Deserialize(default(JsonElement))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Null_is_refused()
    {
        FluentActions.Invoking(() => Losses.Serialize(null!)).Should().Throw<ArgumentNullException>().WithParameterName("loss");
        FluentActions.Invoking(() => Losses.Deserialize((string)null!)).Should().Throw<ArgumentNullException>().WithParameterName("json");
        FluentActions.Invoking(() => Losses.Get(null!)).Should().Throw<ArgumentNullException>().WithParameterName("name");
    }

    [Fact]
    public void A_distance_without_a_name_refuses_to_be_written() =>
        FluentActions.Invoking(() => Losses.Serialize(new TripletSemiHardLoss(distance: Distance.Create((x, y) => x))))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("distance_metric is the distance 'custom', which has no registered name. Make it by Distance.Register(name, *");

    [Fact]
    public void A_registered_distance_is_written_and_read()
    {
        var distance = Distance.Register("envelope-tests", (x, y) => x);
        string json = Losses.Serialize(new TripletSemiHardLoss(distance: distance));
        json.Should().Contain("\"distance_metric\":\"envelope-tests\"");
        ((TripletSemiHardLoss)Losses.Deserialize(json)).Distance.Should().BeSameAs(distance);
    }
}
