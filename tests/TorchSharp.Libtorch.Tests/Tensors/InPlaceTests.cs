using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class InPlaceTests
{
    [Fact]
    public void What_works_in_place_returns_the_tensor_itself()
    {
        using Tensor numbers = tensor(new float[] { -2, 3 });
        long before = Live.Count;
        numbers.add_(1).Should().BeSameAs(numbers);
        numbers.mul_(numbers).Should().BeSameAs(numbers);
        numbers.clamp_(2, 10).Should().BeSameAs(numbers);
        numbers.requires_grad_(false).Should().BeSameAs(numbers);
        Live.Count.Should().Be(before);
        numbers.data<float>().ToArray().Should().Equal(2, 10);
    }

    [Fact]
    public void Products_add_into_a_view_of_a_buffer()
    {
        using Tensor buffer = full([3, 4], 100.0);
        using Tensor a = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        using Tensor b = tensor(new float[,] { { 5, 6 }, { 7, 8 } });
        buffer[1.., 1..3].addmm_(a, b, beta: 0, alpha: 1);
        buffer.data<float>().ToArray().Should().Equal(100, 100, 100, 100, 100, 19, 22, 100, 100, 43, 50, 100);
        buffer[1.., 1..3].addmm_(a, b, beta: 0.5f, alpha: -1);
        buffer[1, 1].item<float>().Should().Be(19 * 0.5f - 19);
    }

    [Fact]
    public void Scatter_adds_what_has_the_same_target()
    {
        using Tensor sums = zeros([2, 3]);
        using Tensor index = tensor(new long[,] { { 0, 0, 2 }, { 1, 1, 1 } });
        sums.scatter_add_(1, index, tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        sums.data<float>().ToArray().Should().Equal(3, 0, 3, 0, 15, 0);
        sums.index_add_(0, tensor(new[] { 0L, 0L }), ones(2, 3), 2);
        sums[0].data<float>().ToArray().Should().Equal(7, 4, 7);
        sums.index_fill_(1, tensor(new[] { 1L }), -1);
        sums[1].data<float>().ToArray().Should().Equal(0, -1, 0);
        sums.index_copy_(0, tensor(new[] { 1L }), ones(1, 3));
        sums[1].data<float>().ToArray().Should().Equal(1, 1, 1);
        sums.masked_fill_(sums > 5, 0);
        sums.sum().item<float>().Should().Be(2);
    }

    [Fact]
    public void Copies_convert_the_type()
    {
        using Tensor target = zeros([2], dtype: int32);
        target.copy_(tensor(new[] { 1.9, -2.9 }));
        target.data<int>().ToArray().Should().Equal(1, -2);
        target.fill_(3).zero_().sum().item<long>().Should().Be(0);
    }

    [Fact]
    public void Compound_assignment_makes_a_new_tensor()
    {
        using Tensor original = ones(2);
        Tensor changed = original;
        changed += 1;
        original.sum().item<float>().Should().Be(2);
        changed.sum().item<float>().Should().Be(4);
    }
}
