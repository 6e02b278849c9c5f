namespace TripletLoss.Tests.Configuration;

public class LossConfigTests
{
    [Fact]
    public void It_holds_every_constructor_argument_in_order()
    {
        var config = new TripletHardLoss(0.5, soft: true, Distance.Cosine, LossReduction.Sum, "mine").GetConfig();

        config.Should().Equal(
            Pair("name", "mine"), Pair("reduction", LossReduction.Sum), Pair("margin", 0.5), Pair("soft", true),
            Pair("distance_metric", Distance.Cosine));
        config.Keys.Should().Equal("name", "reduction", "margin", "soft", "distance_metric");
        config.Values.Should().Equal("mine", LossReduction.Sum, 0.5, true, Distance.Cosine);
        config.Count.Should().Be(5);
    }

    [Fact]
    public void It_prints_as_json() => new TripletSemiHardLoss(margin: 0.5).GetConfig().ToString().Should().Be(
        """{"name":"triplet_semi_hard_loss","reduction":"sum_over_batch_size","margin":0.5,"distance_metric":"squared-L2"}""");

    [Fact]
    public void What_json_does_not_have_prints_as_well() =>
        new LossConfig(("a", double.NaN), ("b", Distance.Create((x, y) => x)), ("c", null), ("d", -0.0), ("e", long.MaxValue)).ToString()
            .Should().Be("""{"a":"NaN","b":"custom","c":null,"d":-0.0,"e":9223372036854775807}""");

    [Fact]
    public void Integers_and_floats_are_kept_in_their_widest_type()
    {
        var config = new LossConfig(("i", 3), ("f", 0.5f));
        config["i"].Should().Be(3L);
        config["f"].Should().Be(0.5);
    }

    [Fact]
    public void Configurations_with_the_same_content_are_equal()
    {
        var one = new LossConfig(("margin", 0.5), ("distance_metric", Distance.Euclidean), ("x", null));
        var other = new LossConfig(("x", null), ("distance_metric", Distance.Euclidean), ("margin", 0.5));

        one.Equals(other).Should().BeTrue();
        one.Equals((object)other).Should().BeTrue();
        one.GetHashCode().Should().Be(other.GetHashCode());
    }

    [Fact]
    public void Other_content_makes_them_unequal()
    {
        var config = new LossConfig(("margin", 0.5), ("soft", true));
        config.Equals(new LossConfig(("margin", 0.5), ("soft", false))).Should().BeFalse();
        config.Equals(new LossConfig(("margin", 0.5))).Should().BeFalse();
        config.Equals(new LossConfig(("margin", 0.5), ("other", true))).Should().BeFalse();
        config.Equals(new LossConfig(("margin", 0.5), ("soft", true), ("more", null))).Should().BeFalse();
        config.Equals(null).Should().BeFalse();
    }

    [Fact]
    public void The_lookups_of_a_dictionary_work()
    {
        IReadOnlyDictionary<string, object?> config = new LossConfig(("margin", 0.5), ("nothing", null));

        config.ContainsKey("margin").Should().BeTrue();
        config.ContainsKey("Margin").Should().BeFalse();
        config.TryGetValue("nothing", out object? value).Should().BeTrue();
        value.Should().BeNull();
        FluentActions.Invoking(() => config["margn"]).Should().Throw<KeyNotFoundException>()
            .WithMessage("The configuration has no 'margn'. Did you mean 'margin'? Known: margin, nothing.");
    }

    [Fact]
    public void A_dictionary_makes_one() =>
        new LossConfig(new Dictionary<string, object?> { ["margin"] = 0.5 }).Equals(new LossConfig(("margin", 0.5))).Should().BeTrue();

    [Fact]
    public void The_array_it_was_made_of_can_change()
    {
        (string, object?)[] entries = [("margin", 0.5)];
        var config = new LossConfig(entries);
        entries[0] = ("other", 1);
        config.GetDouble("margin").Should().Be(0.5);
    }

    [Fact]
    public void Names_that_repeat_or_are_empty_and_values_of_other_types_are_refused()
    {
        FluentActions.Invoking(() => new LossConfig(("a", 1), ("a", 2))).Should().Throw<ArgumentException>().WithMessage("a occurs twice.");
        FluentActions.Invoking(() => new LossConfig(("", 1))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new LossConfig((null!, 1))).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new LossConfig(((string, object?)[])null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new LossConfig((IEnumerable<KeyValuePair<string, object?>>)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new LossConfig(("a", 'x'))).Should().Throw<ArgumentException>()
            .WithMessage("a must be null, a bool, a long, a double, a string, a LossReduction or a Distance, got System.Char.");
        FluentActions.Invoking(() => new LossConfig(("reduction", (LossReduction)9))).Should().Throw<ArgumentException>()
            .WithMessage("reduction must be one of LossReduction's values, got 9.");
    }

    private static KeyValuePair<string, object?> Pair(string name, object? value) => new(name, value);
}
