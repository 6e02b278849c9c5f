using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A user's function that gives no gradient, or fails: an exception that says what is wrong, and never the end of the process.</summary>
public class CustomDistanceTests
{
    public static TheoryData<string> WithoutGraph => ["detached", "under no_grad", "Hamming", "constant"];

    public static TheoryData<string> OfOneArgument => ["by x alone", "by y alone"];

    [Theory]
    [MemberData(nameof(WithoutGraph))]
    public void AResultWithoutAGraphIsRefusedWhereAGradientIsWanted(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            foreach (var loss in SmallBatch.Losses(Named(name), reduction))
            {
                var call = () => loss.Call(SmallBatch.Labels(), SmallBatch.Embeddings());
                call.Should().Throw<InvalidOperationException>().WithMessage("the distance 'custom' returned a matrix that does not depend on its arguments*");
                var withReferences = () => loss.Call(SmallBatch.Labels(), SmallBatch.Embeddings(), new ReferenceSet(SmallBatch.Labels(), SmallBatch.Points(6, 3).detach()));
                withReferences.Should().Throw<InvalidOperationException>();
            }
        }
    }

    [Theory]
    [MemberData(nameof(WithoutGraph))]
    public void ItWorksWhereNoneIs(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            foreach (var loss in SmallBatch.Losses(Named(name), reduction))
            {
                var value = loss.Call(SmallBatch.Labels(), SmallBatch.Embeddings().detach());
                using (no_grad())
                    TensorNumbers.Of(loss.Call(SmallBatch.Labels(), SmallBatch.Embeddings())).Should().Equal(TensorNumbers.Of(value));
                loss.Inspect(SmallBatch.Labels(), SmallBatch.Embeddings()).Anchors.Should().Be(6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OfOneArgument))]
    public void AnArgumentThatIsIgnoredHasNoGradientByIt(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            foreach (var loss in SmallBatch.Losses(Named(name), reduction))
            {
                var points = SmallBatch.Embeddings();
                loss.Call(SmallBatch.Labels(), points).sum().backward();
                TensorNumbers.GradientOf(points).Should().NotContain(entry => double.IsNaN(entry));
            }
        }
    }

    [Fact]
    public void AResultThatIsChangedInPlaceOrAFailingBackwardIsAnException()
    {
        using var scope = NewDisposeScope();
        var bound = tensor(0.1f);
        var distance = Distance.Create((x, y) =>
        {
            var matrix = cdist(x, y);
            matrix.mul_(bound);
            return matrix;
        });
        foreach (var loss in SmallBatch.Losses(distance))
        {
            var call = () => loss.Call(SmallBatch.Labels(), SmallBatch.Embeddings());
            call.Should().Throw<InvalidOperationException>().WithMessage("the backward of the distance 'custom' failed: one of the variables needed for gradient computation has been modified*");
        }
    }

    private static Tensor UnderNoGrad(Tensor x, Tensor y)
    {
        using var none = no_grad();
        return cdist(x, y);
    }

    private static Distance Named(string name) => Distance.Create(name switch
    {
        "detached" => (x, y) => cdist(x, y).detach(),
        "under no_grad" => UnderNoGrad,
        "Hamming" => (x, y) => x.unsqueeze(1).ne(y).sum(2).to_type(x.dtype),
        "constant" => (x, y) => ones([x.shape[0], y.shape[0]], x.dtype),
        "by x alone" => (x, y) => x.sum(1, keepdim: true).expand(x.shape[0], y.shape[0]),
        _ => (x, y) => y.sum(1).expand(x.shape[0], y.shape[0]),
    });
}
