namespace TripletLoss.Tests.Configuration;

public class NameTests
{
    [Theory] // the right column: keras.src.utils.naming.to_snake_case
    [InlineData("TripletSemiHardLoss", "triplet_semi_hard_loss")]
    [InlineData("TripletHardLoss", "triplet_hard_loss")]
    [InlineData("HTTPLoss", "http_loss")]
    [InlineData("MyL2Loss", "my_l2_loss")]
    [InlineData("Loss", "loss")]
    [InlineData("A", "a")]
    [InlineData("ABTest", "ab_test")]
    [InlineData("activeOnly", "active_only")]
    [InlineData("GenericLoss`1", "generic_loss1")]
    [InlineData("snake_case", "snake_case")]
    [InlineData("", "")]
    public void Class_names_become_snake_case_as_in_Keras(string className, string expected) =>
        SnakeCase.From(className).Should().Be(expected);

    [Fact]
    public void A_name_after_an_underscore_gets_no_second_one() => SnakeCase.From("My_Loss").Should().Be("my_loss");

    [Theory]
    [InlineData("margn", "margin")]
    [InlineData("Margin", "margin")]
    [InlineData("distance", "distance_metric")]
    [InlineData("reducton", "reduction")]
    [InlineData("zebra", null)]
    [InlineData("", null)]
    [InlineData("x", null)]
    public void The_nearest_name_is_suggested(string name, string? expected) =>
        NearestName.Of(name, ["name", "reduction", "margin", "distance_metric"]).Should().Be(expected);

    [Fact]
    public void The_L1_norm_is_no_misspelt_L2() => NearestName.Of("L1", ["angular", "L2", "squared-L2"]).Should().BeNull();

    [Fact]
    public void A_hint_lists_what_is_known() =>
        NearestName.Hint("sofft", ["margin", "soft"]).Should().Be("Did you mean 'soft'? Known: margin, soft.");

    [Fact]
    public void A_very_long_name_is_not_compared() => NearestName.Of(new string('m', 100_000), ["margin"]).Should().BeNull();

    [Fact]
    public void Every_reduction_has_a_string_that_reads_back()
    {
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            LossReductionNames.TryParse(LossReductionNames.NameOf(reduction), out var read).Should().BeTrue();
            read.Should().Be(reduction);
        }
    }

    [Theory] // keras.losses.Loss
    [InlineData(LossReduction.SumOverBatchSize, "sum_over_batch_size")]
    [InlineData(LossReduction.Sum, "sum")]
    [InlineData(LossReduction.None, "none")]
    [InlineData(LossReduction.MeanWithSampleWeight, "mean_with_sample_weight")]
    public void Reductions_are_written_as_Keras_writes_them(LossReduction reduction, string expected) =>
        LossReductionNames.NameOf(reduction).Should().Be(expected);
}
