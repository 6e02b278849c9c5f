namespace TripletLoss.Tests.Configuration;

public class AddonsFileTests
{
    [Theory]
    [InlineData("none", LossReduction.SumOverBatchSize)]
    [InlineData("auto", LossReduction.SumOverBatchSize)]
    [InlineData("sum_over_batch_size", LossReduction.SumOverBatchSize)]
    [InlineData("mean", LossReduction.SumOverBatchSize)]
    [InlineData("sum", LossReduction.Sum)]
    [InlineData("mean_with_sample_weight", LossReduction.MeanWithSampleWeight)]
    public void Reductions_mean_what_the_model_was_trained_with(string written, LossReduction expected) =>
        Read($$"""{"reduction": "{{written}}"}""").Reduction.Should().Be(expected);

    [Theory]
    [InlineData("""{}""", "squared-L2")]
    [InlineData("""{"distance_metric": "squared-L2"}""", "squared-L2")]
    [InlineData("""{"distance_metric": "L2"}""", "L2")]
    [InlineData("""{"distance_metric": "angular"}""", "angular")]
    public void Distances_mean_what_the_releases_that_wrote_them_meant(string config, string expected) =>
        Read(config).GetConfig().GetDistance("distance_metric").Name.Should().Be(expected);

    [Fact]
    public void L1_is_refused_and_explained() => FluentActions.Invoking(() => Read("""{"distance_metric": "L1"}"""))
        .Should().Throw<System.Text.Json.JsonException>().WithMessage("$.config.distance_metric \"L1\" was written by TensorFlow Addons 0.10*\"L2\"*");

    [Theory]
    [InlineData("""{"class_name": "Addons>TripletSemiHardLoss", "config": {"reduction": "none"}}""")]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "registered_name": "Addons>TripletSemiHardLoss", "config": {"reduction": "none"}}""")]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "module": "tensorflow_addons.losses.triplet", "config": {"reduction": "none"}}""")]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "module": "tensorflow_addons.losses.triplet", "config": {"reduction": "none"}, "registered_name": null}""")]
    [InlineData("""{"class_name": "Addons>TripletSemiHardLoss", "registered_name": "Addons>TripletSemiHardLoss", "config": {"reduction": "none"}}""")]
    [InlineData("""{"class_name": "Addons>TripletSemiHardLoss", "registered_name": "TripletSemiHardLoss", "config": {"reduction": "none"}}""")]
    public void The_package_is_found_wherever_it_stands(string json) =>
        Losses.Deserialize(json).Reduction.Should().Be(LossReduction.SumOverBatchSize);

    [Fact]
    public void A_loss_that_Addons_does_not_have_is_unknown_there() =>
        FluentActions.Invoking(() => Losses.Deserialize("""{"class_name": "Addons>TripletBatchAllLoss", "config": {}}"""))
            .Should().Throw<System.Text.Json.JsonException>()
            .WithMessage("$.class_name \"Addons>TripletBatchAllLoss\" is not known.*Known:*Addons>TripletSemiHardLoss*Addons>TripletHardLoss*");

    [Fact]
    public void A_loss_read_from_Addons_is_written_as_our_own() =>
        Losses.Serialize(Read("""{"reduction": "none", "name": null, "margin": 0.3}""")).Should().Be(
            """{"module":"TripletLoss","class_name":"TripletSemiHardLoss","config":{"name":"triplet_semi_hard_loss","reduction":"sum_over_batch_size","margin":0.3,"distance_metric":"squared-L2"},"registered_name":"TripletLoss>TripletSemiHardLoss"}""");

    private static Loss Read(string config) => Losses.Deserialize($$"""{"class_name": "Addons>TripletSemiHardLoss", "config": {{config}}}""");
}
