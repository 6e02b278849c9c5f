using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpLibtorch.Tests.NN;

public class LossTests
{
    private static readonly Tensor Input = tensor(new float[,] { { 1, 2 }, { 3, -1 } });
    private static readonly Tensor Target = tensor(new float[,] { { 0, 2 }, { 1, 1 } });

    [Fact]
    public void Errors_are_reduced_as_asked()
    {
        MSELoss().call(Input, Target).item<float>().Should().Be(9 / 4f);
        MSELoss(Reduction.Sum).call(Input, Target).item<float>().Should().Be(9);
        MSELoss(Reduction.None).call(Input, Target).data<float>().ToArray().Should().Equal(1, 0, 4, 4);
        L1Loss().call(Input, Target).item<float>().Should().Be(5 / 4f);
        SmoothL1Loss(Reduction.Sum).call(Input, Target).item<float>().Should().Be(0.5f + 0 + 1.5f + 1.5f);
        MSELoss(Reduction.Sum).reduction.Should().Be(Reduction.Sum);
    }

    [Fact]
    public void Cross_entropy_is_the_logarithm_of_the_softmax()
    {
        using Tensor classes = tensor(new long[] { 1, 0 });
        double first = -Math.Log(Math.Exp(2) / (Math.Exp(1) + Math.Exp(2)));
        double second = -Math.Log(Math.Exp(3) / (Math.Exp(3) + Math.Exp(-1)));
        CrossEntropyLoss().call(Input, classes).item<float>().Should().BeApproximately((float)((first + second) / 2), 1e-6f);
        CrossEntropyLoss(weight: tensor(new[] { 1f, 3f })).call(Input, classes).item<float>()
            .Should().BeApproximately((float)((3 * first + second) / 4), 1e-6f);
        CrossEntropyLoss(ignore_index: 0).call(Input, classes).item<float>().Should().BeApproximately((float)first, 1e-6f);
        NLLLoss().call(Input.log_softmax(1), classes).item<float>().Should().BeApproximately((float)((first + second) / 2), 1e-6f);
        BCEWithLogitsLoss().call(tensor(new[] { 0f }), tensor(new[] { 1f })).item<float>().Should().BeApproximately(MathF.Log(2), 1e-6f);
    }

    [Fact]
    public void Triplets_are_compared_by_their_distances()
    {
        using Tensor anchor = tensor(new float[,] { { 0, 0 }, { 0, 0 } });
        using Tensor positive = tensor(new float[,] { { 3, 4 }, { 0, 1 } });
        using Tensor negative = tensor(new float[,] { { 0, 2 }, { 0, 9 } });
        TripletMarginLoss(margin: 1, eps: 0, reduction: Reduction.None).call(anchor, positive, negative).data<float>().ToArray().Should().Equal(4, 0);
        TripletMarginLoss(margin: 1, eps: 0).call(anchor, positive, negative).item<float>().Should().Be(2);
        TripletMarginLoss(margin: 1, p: 1, eps: 0, reduction: Reduction.Sum).call(anchor, positive, negative).item<float>().Should().Be(6);
        static Tensor Squared(Tensor x, Tensor y) => (x - y).square().sum(1);
        TripletMarginWithDistanceLoss(Squared, margin: 1, reduction: Reduction.None).call(anchor, positive, negative)
            .data<float>().ToArray().Should().Equal(25 - 4 + 1, 0);
        // With the swap the nearer of the two to the negative counts: |(3, 4) − (0, 2)|² = 13, no nearer than 4.
        TripletMarginWithDistanceLoss(Squared, margin: 1, swap: true, reduction: Reduction.Sum).call(anchor, positive, negative).item<float>().Should().Be(22);
        TripletMarginLoss(margin: 0.3).margin.Should().Be(0.3);
    }

    private sealed class Weighted() : Loss<Tensor, Tensor, Tensor>(Reduction.Sum)
    {
        public override Tensor forward(Tensor input1, Tensor input2) => (input1 * input2).sum();
    }

    [Fact]
    public void Losses_can_be_ones_own()
    {
        using var loss = new Weighted();
        loss.call(Input, Target).item<float>().Should().Be(0 + 4 + 3 - 1);
        loss.reduction.Should().Be(Reduction.Sum);
    }

    [Fact]
    public void Gradients_are_clipped_to_a_common_norm()
    {
        using TorchSharp.Modules.Parameter a = Parameter(zeros(1)), b = Parameter(zeros(1)), idle = Parameter(zeros(1));
        (a * 3 + b * 4).sum().backward();
        nn.utils.clip_grad_norm_([a, b, idle], 10).Should().BeApproximately(5, 1e-6);
        a.grad!.item<float>().Should().Be(3);
        nn.utils.clip_grad_norm_([a, b, idle], 1).Should().BeApproximately(5, 1e-6);
        a.grad!.item<float>().Should().BeApproximately(0.6f, 1e-5f);
        b.grad!.item<float>().Should().BeApproximately(0.8f, 1e-5f);
        nn.utils.clip_grad_value_([a, b, idle], 0.7);
        b.grad!.item<float>().Should().Be(0.7f);
    }

    [Fact]
    public void Weights_start_within_their_bounds()
    {
        manual_seed(3);
        using Tensor weights = zeros(200, 50);
        init.xavier_uniform_(weights);
        double bound = Math.Sqrt(6.0 / 250);
        weights.abs().max().ToDouble().Should().BeInRange(0.97 * bound, bound);
        init.kaiming_normal_(weights, nonlinearity: init.NonlinearityType.ReLU);
        weights.std().ToDouble().Should().BeApproximately(Math.Sqrt(2.0 / 50), 0.01);
        init.CalculateFanInAndFanOut(zeros(8, 4, 3, 3)).Should().Be((36L, 72L));
        init.calculate_gain(init.NonlinearityType.LeakyReLU, Math.Sqrt(5)).Should().BeApproximately(Math.Sqrt(1.0 / 3), 1e-12);
        init.constant_(weights, 2).mean().item<float>().Should().Be(2);
    }
}
