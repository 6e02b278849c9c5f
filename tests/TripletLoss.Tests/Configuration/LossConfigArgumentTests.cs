namespace TripletLoss.Tests.Configuration;

public class LossConfigArgumentTests
{
    private static readonly LossConfig Config = new(
        ("name", "n"), ("reduction", "sum"), ("number", 0.5), ("integer", 3), ("truth", true), ("text", "t"), ("distance", "L2"), ("nothing", null));

    [Fact]
    public void Each_type_is_read()
    {
        Config.Name.Should().Be("n");
        Config.Reduction.Should().Be(LossReduction.Sum);
        Config.GetDouble("number").Should().Be(0.5);
        Config.GetDouble("integer").Should().Be(3);
        Config.GetInt64("integer").Should().Be(3);
        Config.GetBoolean("truth").Should().BeTrue();
        Config.GetString("text").Should().Be("t");
        Config.GetDistance("distance").Should().BeSameAs(Distance.Euclidean);
    }

    [Fact]
    public void A_configuration_that_is_null_is_refused()
    {
        foreach (var factory in (Func<LossConfig, Loss>[])[TripletSemiHardLoss.FromConfig, TripletHardLoss.FromConfig, TripletBatchAllLoss.FromConfig])
            FluentActions.Invoking(() => factory(null!)).Should().Throw<ArgumentNullException>().WithParameterName("config");
    }

    [Fact]
    public void Name_and_reduction_may_be_absent()
    {
        new LossConfig().Name.Should().BeNull();
        new LossConfig(("name", null)).Name.Should().BeNull();
        new LossConfig().Reduction.Should().Be(LossReduction.SumOverBatchSize);
    }

    [Fact]
    public void Values_of_other_types_are_refused()
    {
        Refused(() => Config.GetDouble("text"), "text must be a number, got the string \"t\".");
        Refused(() => Config.GetDouble("nothing"), "nothing must be a number, got null.");
        Refused(() => Config.GetInt64("number"), "number must be an integer, got 0.5.");
        Refused(() => Config.GetBoolean("integer"), "integer must be true or false, got 3.");
        Refused(() => Config.GetString("truth"), "truth must be a string, got true.");
        Refused(() => Config.GetString("nothing"), "nothing must be a string, got null.");
        Refused(() => Config.GetDistance("integer"), "integer must be a distance's name, got 3.");
        Refused(() => Config.GetDistance("text"), "text \"t\" is not known.*squared-L2*Distance.Register adds custom ones.");
        Refused(() => Config.GetDouble("numbr"), "numbr is not in the configuration. Did you mean 'number'? Known: name, *");
        Refused(() => new LossConfig(("name", 1)).Name, "name must be a string, got 1.");
        Refused(() => new LossConfig(("reduction", 1)).Reduction, "reduction must be a string, got 1.");
    }

    [Fact]
    public void Defaults_fill_in_what_is_missing_and_set_the_types()
    {
        var config = new LossConfig(("distance_metric", "angular"), ("margin", 2), ("name", null)).WithDefaultsOf(new TripletSemiHardLoss());

        config.Equals(new TripletSemiHardLoss(2, Distance.Cosine).GetConfig()).Should().BeTrue();
        config.Keys.Should().Equal("name", "reduction", "margin", "distance_metric");
    }

    [Fact]
    public void An_unknown_argument_is_refused() => Refused(
        () => new LossConfig(("margn", 2)).WithDefaultsOf(new TripletSemiHardLoss()),
        "margn is not known. Did you mean 'margin'? Known: name, reduction, margin, distance_metric.");

    [Fact]
    public void A_default_of_null_takes_any_value()
    {
        var config = new LossConfig(("cap", 3)).WithDefaultsOf(new CappedLoss());
        config["cap"].Should().Be(3L);
        new LossConfig().WithDefaultsOf(new CappedLoss())["cap"].Should().BeNull();
    }

    [Fact]
    public void Every_own_loss_has_its_configuration_and_makes_itself_of_it()
    {
        Loss[] losses = [
            new TripletSemiHardLoss(0.25, Distance.Euclidean, LossReduction.None, "a"),
            new TripletHardLoss(0.25, true, Distance.Cosine, LossReduction.MeanWithSampleWeight, "b"),
            new TripletBatchAllLoss(0.25, false, Distance.Euclidean, LossReduction.Sum, "c")];
        Loss[] same = [
            TripletSemiHardLoss.FromConfig(losses[0].GetConfig()),
            TripletHardLoss.FromConfig(losses[1].GetConfig()),
            TripletBatchAllLoss.FromConfig(losses[2].GetConfig())];
        same.Select(loss => loss.GetConfig().ToString()).Should().Equal(losses.Select(loss => loss.GetConfig().ToString()));
    }

    [Fact]
    public void No_configuration_at_all_is_refused_by_name()
    {
        Func<LossConfig, Loss>[] factories = [TripletSemiHardLoss.FromConfig, TripletHardLoss.FromConfig, TripletBatchAllLoss.FromConfig];
        foreach (var factory in factories)
            factory.Invoking(make => make(null!)).Should().Throw<ArgumentNullException>().WithParameterName("config");
    }

    private static void Refused(Func<object?> read, string message) =>
        read.Should().Throw<ArgumentException>().WithMessage(message);
}
