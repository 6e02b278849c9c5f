using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class ViewTests
{
    [Fact]
    public void Shapes_and_strides_are_those_of_row_major_order()
    {
        using Tensor cube = zeros(2, 3, 4);
        cube.shape.Should().Equal(2, 3, 4);
        cube.stride().Should().Equal(12, 4, 1);
        cube.ndim.Should().Be(3);
        cube.numel().Should().Be(24);
        cube.size(-1).Should().Be(4);
        cube.transpose(0, 2).stride().Should().Equal(1, 4, 12);
        cube[1].storage_offset().Should().Be(12);
        cube.unsqueeze(0).squeeze(0).shape.Should().Equal(2, 3, 4);
        cube.flatten(1).shape.Should().Equal(2, 12);
        cube.expand(2, 3, 4).is_contiguous().Should().BeTrue();
        zeros(1, 3).expand(4, 3).stride().Should().Equal(0, 1);
        zeros(1, 2, 1).squeeze().shape.Should().Equal(2);
    }

    [Fact]
    public void Views_share_the_memory_and_copies_do_not()
    {
        using Tensor source = zeros(2, 3);
        source.view(3, 2)[0, 1] = tensor(1f);
        source.t()[2, 1] = tensor(2f);
        source.narrow(1, 0, 1)[1, 0] = tensor(3f);
        source.diagonal().add_(10);
        source.clone().fill_(99);
        source.t().contiguous().fill_(99);
        source.data<float>().ToArray().Should().Equal(10, 1, 0, 3, 10, 2);
        using Tensor same = source.alias();
        same.zero_();
        source.sum().item<float>().Should().Be(0);
    }

    [Fact]
    public void A_view_outlives_what_it_was_taken_from()
    {
        Tensor source = arange(4);
        using Tensor view = source[2..];
        source.Dispose();
        view.data<long>().ToArray().Should().Equal(2, 3);
    }

    [Fact]
    public void A_view_that_the_strides_do_not_allow_is_an_error()
    {
        using Tensor turned = zeros(2, 3).t();
        Action view = () => turned.view(6);
        view.Should().Throw<Exception>().WithMessage("*view size is not compatible*");
        turned.reshape(6).shape.Should().Equal(6);
    }

    [Fact]
    public void Tensors_are_split_and_joined_again()
    {
        using Tensor numbers = arange(10);
        numbers.chunk(3).Select(c => c.numel()).Should().Equal(4, 4, 2);
        numbers.split(4).Select(c => c.numel()).Should().Equal(4, 4, 2);
        numbers.split([3, 7]).Select(c => c[0].item<long>()).Should().Equal(0, 3);
        numbers.reshape(2, 5).unbind().Should().HaveCount(2);
        cat(numbers.chunk(3)).Equals(numbers).Should().BeTrue();
        stack(numbers.unbind()).Equals(numbers).Should().BeTrue();
        vstack([numbers, numbers]).shape.Should().Equal(2, 10);
        hstack(numbers, numbers).shape.Should().Equal(20);
        numbers.flip(0)[0].item<long>().Should().Be(9);
        numbers.roll(1)[0].item<long>().Should().Be(9);
        numbers.repeat(2, 2).shape.Should().Equal(2, 20);
        numbers.repeat_interleave(2)[3].item<long>().Should().Be(1);
    }

    [Fact]
    public void Triangles_are_cut_out()
    {
        using Tensor grid = arange(9).reshape(3, 3);
        grid.tril().data<long>().ToArray().Should().Equal(0, 0, 0, 3, 4, 0, 6, 7, 8);
        grid.triu(1).data<long>().ToArray().Should().Equal(0, 1, 2, 0, 0, 5, 0, 0, 0);
        grid.diag().data<long>().ToArray().Should().Equal(0, 4, 8);
        grid.T.data<long>().ToArray().Should().Equal(0, 3, 6, 1, 4, 7, 2, 5, 8);
        grid.reshape(1, 3, 3).mT.shape.Should().Equal(1, 3, 3);
    }
}
