using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Errors;

public class ErrorTests
{
    [Fact]
    public void Libtorch_says_what_is_wrong()
    {
        Action shapes = () => ones(2, 3).mm(ones(2, 3));
        shapes.Should().Throw<ExternalException>().WithMessage("*mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)*");
        Action types = () => ones(2).mm(ones([2, 2], dtype: int64));
        types.Should().Throw<ExternalException>();
        Action broadcast = () => _ = ones(2) + ones(3);
        broadcast.Should().Throw<ExternalException>().WithMessage("*size of tensor a (2) must match the size of tensor b (3)*");
        Action reshape = () => ones(6).reshape(4);
        reshape.Should().Throw<ExternalException>().WithMessage("*shape '[4]' is invalid for input of size 6*");
        Action dimension = () => ones(2).sum(1);
        dimension.Should().Throw<ExternalException>().WithMessage("*Dimension out of range*");
        Action negative = () => zeros(-1);
        negative.Should().Throw<ExternalException>();
        shapes.Should().Throw<ExternalException>().Which.Message.Should().NotContain("frame #");
    }

    [Fact]
    public void Nothing_is_no_tensor()
    {
        using Tensor x = ones(2);
        Action[] nothings =
        [
            () => x.add((Tensor)null!), () => x.mm(null!), () => x.copy_(null!), () => cat([x, null!]), () => stack([null!]),
            () => x.gather(0, null!), () => x.index_put_((Tensor)null!, [TensorIndex.Single(0)]), () => _ = new TorchSharp.Modules.Parameter(null!),
        ];
        foreach (Action nothing in nothings) nothing.Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_disposed_tensor_is_an_error_everywhere()
    {
        Tensor gone = ones(2);
        gone.Dispose();
        using Tensor x = ones(2);
        Action[] uses =
        [
            () => gone.add(1), () => x.add(gone), () => cat([x, gone]), () => _ = gone.shape, () => _ = gone.dtype, () => _ = gone.Handle,
            () => gone.item<float>(), () => gone.data<float>(), () => _ = gone[0], () => x[0] = gone, () => gone.backward(), () => _ = gone.grad,
            () => gone.requires_grad = true, () => gone.alias(), () => gone.add_(1), () => _ = gone.bytes.Length, () => x.grad = gone,
            () => _ = x[gone], () => gone.DecoupleFromNativeHandle(), () => _ = new TorchSharp.Modules.Parameter(gone),
        ];
        foreach (Action use in uses) use.Should().Throw<ObjectDisposedException>();
        gone.ToString().Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void Elements_of_a_tensor_of_many_are_not_one_number()
    {
        using Tensor x = ones(2);
        Action item = () => x.item<float>();
        item.Should().Throw<ArgumentException>();
        Action number = () => x.ToSingle();
        number.Should().Throw<ExternalException>();
        Action empty = () => zeros(0).item<float>();
        empty.Should().Throw<ArgumentException>();
        Action bytes = () => _ = ones(2, 3).t().bytes.Length;
        bytes.Should().Throw<InvalidOperationException>();
        Action few = () => x.bytes = new byte[3];
        few.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Devices_that_are_not_there_are_errors()
    {
        Action unknown = () => device("warp");
        unknown.Should().Throw<ArgumentException>().WithMessage("*warp*");
        Action malformed = () => device("cuda:x");
        malformed.Should().Throw<FormatException>();
        if (cuda.is_available()) return;
        Action move = () => ones(2).cuda();
        move.Should().Throw<InvalidOperationException>().WithMessage("*CUDA*");
        Action make = () => ones([2], device: CUDA);
        make.Should().Throw<InvalidOperationException>();
        Action generator = () => _ = new Generator(1, CUDA);
        generator.Should().Throw<InvalidOperationException>();
        cuda.device_count().Should().Be(0);
        cuda.manual_seed(1);
    }

    [Fact]
    public void Meta_and_sparse_tensors_have_no_elements_to_read()
    {
        using Tensor meta = ones([2, 2], device: META);
        meta.is_meta.Should().BeTrue();
        Action read = () => meta.data<float>();
        read.Should().Throw<InvalidOperationException>();
        using Tensor sparse = eye(2).to_sparse();
        sparse.is_sparse.Should().BeTrue();
        Action elements = () => sparse.data<float>();
        elements.Should().Throw<ExternalException>();
        sparse.SparseValues.numel().Should().Be(2);
        sparse.to_dense().sum().item<float>().Should().Be(2);
    }

    [Fact]
    public void An_error_leaves_the_next_call_alone()
    {
        using Tensor x = ones(2);
        for (int i = 0; i < 100; i++)
        {
            Action wrong = () => x.mm(x);
            wrong.Should().Throw<ExternalException>();
            x.add(1).sum().item<float>().Should().Be(4);
        }
    }

    [Fact]
    public void Dimensions_with_names_are_refused()
    {
        Action names = () => ones([2], names: ["rows"]);
        names.Should().Throw<NotSupportedException>();
    }
}
