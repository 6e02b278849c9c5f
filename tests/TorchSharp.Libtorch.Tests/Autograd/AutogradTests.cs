using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Autograd;

public class AutogradTests
{
    [Fact]
    public void Gradients_agree_with_central_differences()
    {
        double[] point = [0.3, -1.2, 2.0];
        static Tensor F(Tensor x) => (x.exp() * x.sin()).sum() + x.square().sum().sqrt() * x[1];
        using Tensor x = tensor(point, requires_grad: true);
        F(x).backward();
        double[] gradient = x.grad!.data<double>().ToArray();
        for (int i = 0; i < point.Length; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-6;
            down[i] -= 1e-6;
            double slope = (F(tensor(up)).item<double>() - F(tensor(down)).item<double>()) / 2e-6;
            gradient[i].Should().BeApproximately(slope, 1e-7);
        }
    }

    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        using Tensor x = tensor(3.0, requires_grad: true);
        (x * x).backward();
        (x * x).backward();
        x.grad!.item<double>().Should().Be(12);
        x.grad = null;
        x.grad.Should().BeNull();
        (x * 5).backward();
        x.grad!.item<double>().Should().Be(5);
        x.grad = tensor(1.0);
        x.grad!.item<double>().Should().Be(1);
        Action shape = () => x.grad = ones([2], dtype: float64);
        shape.Should().Throw<Exception>();
    }

    [Fact]
    public void Only_scalars_have_a_gradient_of_their_own()
    {
        using Tensor x = ones([3], requires_grad: true);
        Action vector = () => (x * 2).backward();
        vector.Should().Throw<Exception>().WithMessage("*grad can be implicitly created only for scalar outputs*");
        (x * 2).backward([tensor(new[] { 1f, 10f, 100f })]);
        x.grad!.data<float>().ToArray().Should().Equal(2, 20, 200);
    }

    [Fact]
    public void A_graph_is_gone_after_the_first_time_unless_kept()
    {
        using Tensor x = tensor(2.0, requires_grad: true);
        using Tensor y = x * x;
        y.backward(retain_graph: true);
        y.backward();
        x.grad!.item<double>().Should().Be(8);
        Action again = () => y.backward();
        again.Should().Throw<Exception>().WithMessage("*second time*");
    }

    [Fact]
    public void Grad_leaves_the_tensors_alone()
    {
        using Tensor x = tensor(2.0, requires_grad: true), other = tensor(1.0, requires_grad: true);
        using Tensor y = x * x * x;
        IList<Tensor> first = autograd.grad([y], [x], retain_graph: true, create_graph: true);
        first[0].item<double>().Should().Be(12);
        autograd.grad([first[0]], [x])[0].item<double>().Should().Be(12);
        // Unlike PyTorch, where the one implies the other.
        IList<Tensor> freed = autograd.grad([x * x * x], [x], create_graph: true);
        Action second = () => autograd.grad([freed[0]], [x]);
        second.Should().Throw<Exception>().WithMessage("*second time*");
        x.grad.Should().BeNull();
        Action unused = () => autograd.grad([x * 2], [other]);
        unused.Should().Throw<Exception>();
        autograd.grad([x * 2], [other], allow_unused: true)[0].Should().BeNull();
        autograd.grad([stack([x, x])], [x], [tensor(new[] { 2.0, 5.0 })])[0].item<double>().Should().Be(7);
    }

    [Fact]
    public void Detached_tensors_stand_apart()
    {
        using Tensor x = tensor(2.0, requires_grad: true);
        using Tensor d = (x * 3).detach();
        d.requires_grad.Should().BeFalse();
        (x * d).backward();
        x.grad!.item<double>().Should().Be(6);
        using Tensor y = x * 1;
        y.is_leaf.Should().BeFalse();
        y.retain_grad();
        (y * 4).backward();
        y.grad!.item<double>().Should().Be(4);
        y.detach_().is_leaf.Should().BeTrue();
    }

    [Fact]
    public void Leaves_that_learn_cannot_be_changed_in_place()
    {
        using Tensor x = ones([2], requires_grad: true);
        Action change = () => x.add_(1);
        change.Should().Throw<Exception>().WithMessage("*leaf Variable that requires grad*");
        using (no_grad()) x.add_(1);
        x.sum().item<float>().Should().Be(4);
        Action integers = () => ones([2], dtype: int64).requires_grad = true;
        integers.Should().Throw<Exception>().WithMessage("*floating point*");
    }

    [Fact]
    public void Value_and_gradient_can_be_joined_by_hand()
    {
        // What the loss kernels do: a value from anywhere, with the gradient of s.
        using Tensor x = tensor(new[] { 1f, 2f }, requires_grad: true);
        using Tensor gradient = tensor(new[] { 10f, 20f });
        using Tensor s = (x * gradient).sum();
        using Tensor joined = tensor(7f) + (s - s.detach());
        joined.item<float>().Should().Be(7);
        joined.backward();
        x.grad!.data<float>().ToArray().Should().Equal(10, 20);
    }

    [Fact]
    public void Backward_runs_on_other_threads_too()
    {
        Parallel.For(0, 8, i =>
        {
            using var scope = NewDisposeScope();
            Tensor x = tensor((double)i, requires_grad: true);
            (x * x).backward();
            x.grad!.item<double>().Should().Be(2 * i);
        });
    }
}
