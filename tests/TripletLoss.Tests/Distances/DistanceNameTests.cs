namespace TripletLoss.Tests;

public class DistanceNameTests
{
    [Fact]
    public void The_catalogue_is_found_by_name()
    {
        foreach (var distance in (Distance[])[Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine])
        {
            Distance.Get(distance.Name).Should().BeSameAs(distance);
            Distance.TryGet(distance.Name, out var found).Should().BeTrue();
            found.Should().BeSameAs(distance);
        }
        Distance.Names.Should().Contain(["L2", "angular", "squared-L2"]).And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_told_with_the_nearest()
    {
        FluentActions.Invoking(() => Distance.Get("squared-l2")).Should().Throw<ArgumentException>()
            .WithMessage("no distance is named \"squared-l2\". Did you mean 'squared-L2'? Known: L2, angular, *").WithParameterName("name");
        FluentActions.Invoking(() => Distance.Get("custom")).Should().Throw<ArgumentException>("a distance without a name has none to be found by");
        FluentActions.Invoking(() => Distance.Get(null!)).Should().Throw<ArgumentNullException>().WithParameterName("name");
        Distance.TryGet("nothing", out var none).Should().BeFalse();
        none.Should().BeNull();
    }

    [Fact]
    public void The_same_registration_can_be_made_again()
    {
        var distances = Enumerable.Range(0, 3).Select(_ => Distance.Register("names-tests", First)).ToArray();
        distances.Should().AllSatisfy(distance => distance.Should().BeSameAs(distances[0]));
        Distance.Names.Should().ContainSingle(name => name == "names-tests");
        FluentActions.Invoking(() => Distance.Register("names-tests", (x, y) => y)).Should().Throw<ArgumentException>()
            .WithMessage("a distance named 'names-tests' is registered already. Only the same function can be registered again.*").WithParameterName("name");
        FluentActions.Invoking(() => Distance.Register("L2", First)).Should().Throw<ArgumentException>().WithMessage("a distance named 'L2' is registered already.*");
    }

    private static TorchSharp.torch.Tensor First(TorchSharp.torch.Tensor x, TorchSharp.torch.Tensor y) => x;
}
