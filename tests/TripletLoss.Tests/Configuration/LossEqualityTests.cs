using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

public class LossEqualityTests
{
    public LossEqualityTests() => OwnLosses.Register();

    [Theory]
    [MemberData(nameof(RoundTripTests.Changed), MemberType = typeof(RoundTripTests))]
    public void Losses_are_equal_by_class_and_arguments(Loss loss)
    {
        Loss same = Losses.Deserialize(Losses.Serialize(loss));
        same.Should().NotBeSameAs(loss).And.Be(loss);
        same.GetHashCode().Should().Be(loss.GetHashCode());
        loss.Equals(Losses.Get(loss.GetType().Name)).Should().BeFalse("an argument has no default value");
        loss.Equals(null).Should().BeFalse();
    }

    [Fact]
    public void Another_class_or_distance_makes_them_unequal()
    {
        // The two have the same arguments.
        new TripletSemiHardLoss(name: "x").Equals(new TaggedLoss<string>()).Should().BeFalse();
        new TaggedLoss<string>().Equals(new TaggedLoss<byte>()).Should().BeFalse();
        Distance one = Distance.Create((x, y) => x), other = Distance.Create((x, y) => x);
        new TripletSemiHardLoss(distance: one).Equals(new TripletSemiHardLoss(distance: other)).Should().BeFalse();
        new TripletSemiHardLoss(distance: one).Equals(new TripletSemiHardLoss(distance: one)).Should().BeTrue();
    }

    [Fact]
    public void A_loss_prints_its_arguments()
    {
        new TripletHardLoss(0.5, soft: true, Distance.Cosine).ToString().Should().Be(
            """TripletHardLoss {"name":"triplet_hard_loss","reduction":"sum_over_batch_size","margin":0.5,"soft":true,"distance_metric":"angular"}""");
        new TripletSemiHardLoss(distance: Distance.Create((x, y) => x)).ToString().Should().EndWith("\"distance_metric\":\"custom\"}");
    }

    [Fact]
    public void One_argument_is_changed()
    {
        LossConfig config = new TripletSemiHardLoss(0.5, Distance.Euclidean).GetConfig();
        TripletSemiHardLoss.FromConfig(config.With("margin", 2)).Should().Be(new TripletSemiHardLoss(2, Distance.Euclidean));
        config.With("margin", 2.0).Keys.Should().Equal(config.Keys);
        config.GetDouble("margin").Should().Be(0.5, "a configuration does not change");
        config.With("more", true).Keys.Should().Equal([.. config.Keys, "more"]);
        FluentActions.Invoking(() => TripletSemiHardLoss.FromConfig(config.With("margn", 2))).Should().Throw<ArgumentException>().WithMessage("margn is not known. Did you mean 'margin'?*");
        FluentActions.Invoking(() => config.With("margin", 'x')).Should().Throw<ArgumentException>().WithMessage("margin must be null, a bool,*");
        FluentActions.Invoking(() => config.With(null!, 1)).Should().Throw<ArgumentNullException>().WithParameterName("key");
        FluentActions.Invoking(() => config.With("", 1)).Should().Throw<ArgumentException>().WithParameterName("key");
    }

    [Fact]
    public void A_string_that_stands_for_a_value_equals_it()
    {
        var typed = new LossConfig(("reduction", LossReduction.Sum), ("distance_metric", Distance.Cosine));
        var written = new LossConfig(("reduction", "sum"), ("distance_metric", "angular"));
        typed.Equals(written).Should().BeTrue();
        typed.GetHashCode().Should().Be(written.GetHashCode());
        typed.Equals(written.With("reduction", "none")).Should().BeFalse();
    }

    [Fact]
    public void A_loss_is_read_as_the_class_it_must_be()
    {
        string json = Losses.Serialize(new TripletHardLoss(soft: true));
        Losses.Deserialize<TripletHardLoss>(json).Soft.Should().BeTrue();
        Losses.Deserialize<TripletHardLoss>(System.Text.Encoding.UTF8.GetBytes(json)).Soft.Should().BeTrue();
        Losses.Deserialize<Loss>(json).Should().BeOfType<TripletHardLoss>();
        FluentActions.Invoking(() => Losses.Deserialize<TripletSemiHardLoss>(json)).Should().Throw<JsonException>()
            .WithMessage("$.class_name is TripletHardLoss, where a TripletSemiHardLoss is expected.");
        FluentActions.Invoking(() => Losses.Deserialize<TripletSemiHardLoss>("\"triplet_hard_loss\"")).Should().Throw<JsonException>()
            .WithMessage("$ is TripletHardLoss, where a TripletSemiHardLoss is expected.");
        FluentActions.Invoking(() => Losses.Deserialize<Loss>((string)null!)).Should().Throw<ArgumentNullException>().WithParameterName("json");
    }
}
