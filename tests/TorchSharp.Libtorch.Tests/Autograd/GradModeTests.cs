using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Autograd;

public class GradModeTests
{
    [Fact]
    public void Modes_nest_and_are_put_back()
    {
        using Tensor x = ones([1], requires_grad: true);
        is_grad_enabled().Should().BeTrue();
        using (no_grad())
        {
            is_grad_enabled().Should().BeFalse();
            (x * 2).requires_grad.Should().BeFalse();
            using (enable_grad())
            {
                is_grad_enabled().Should().BeTrue();
                (x * 2).requires_grad.Should().BeTrue();
            }
            is_grad_enabled().Should().BeFalse();
        }
        using (set_grad_enabled(false)) is_grad_enabled().Should().BeFalse();
        is_grad_enabled().Should().BeTrue();
    }

    [Fact]
    public void Modes_are_put_back_after_an_exception()
    {
        Action fail = () =>
        {
            using var quiet = no_grad();
            ones(2, 3).mm(ones(2, 3));
        };
        fail.Should().Throw<Exception>();
        is_grad_enabled().Should().BeTrue();
    }

    [Fact]
    public void Modes_are_those_of_the_thread()
    {
        using var quiet = no_grad();
        bool elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        elsewhere.Should().BeTrue();
        is_grad_enabled().Should().BeFalse();
    }

    [Fact]
    public void Inference_mode_makes_tensors_that_never_learn()
    {
        Tensor made;
        using (inference_mode())
        {
            is_inference_mode_enabled().Should().BeTrue();
            made = ones(2) * 2;
            made.requires_grad.Should().BeFalse();
        }
        is_inference_mode_enabled().Should().BeFalse();
        using Tensor x = ones([2], requires_grad: true);
        Action record = () => _ = x * made;
        record.Should().Throw<Exception>().WithMessage("*Inference tensors*");
    }
}
