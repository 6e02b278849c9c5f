using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class AccessorTests
{
    [Fact]
    public void Elements_come_in_the_order_of_the_indices_whatever_the_strides()
    {
        using Tensor grid = arange(6).reshape(2, 3);
        using Tensor turned = grid.t();
        turned.is_contiguous().Should().BeFalse();
        TensorAccessor<long> elements = turned.data<long>();
        elements.ToArray().Should().Equal(0, 3, 1, 4, 2, 5);
        elements.Should().Equal(0, 3, 1, 4, 2, 5);
        elements[3].Should().Be(4);
        elements[2, 1].Should().Be(5);
        elements.Count.Should().Be(6);
        using Tensor stepped = arange(10)[TensorIndex.Slice(1, 9, 3)];
        stepped.data<long>().ToArray().Should().Equal(1, 4, 7);
        using Tensor spread = tensor(7L).expand(3);
        spread.data<long>().ToArray().Should().Equal(7, 7, 7);
    }

    [Fact]
    public void Writing_changes_the_tensor()
    {
        using Tensor grid = zeros([2, 2]);
        TensorAccessor<float> turned = grid.t().data<float>();
        turned[0, 1] = 5;
        turned[3] = 9;
        grid.data<float>().ToArray().Should().Equal(0, 0, 5, 9);
        grid.data<float>().CopyFrom(new float[] { 1, 2, 3 }, arrayIndex: 1, tensorIndex: 2);
        grid.data<float>().ToArray().Should().Equal(0, 0, 2, 3);
        turned.CopyFrom(new float[] { 1, 2, 3, 4 });
        grid.data<float>().ToArray().Should().Equal(1, 3, 2, 4);
        grid.bytes = new byte[16];
        grid.sum().item<float>().Should().Be(0);
    }

    [Fact]
    public void Copies_stop_at_the_shorter_of_both()
    {
        using Tensor numbers = arange(5);
        var room = new long[4];
        numbers.data<long>().CopyTo(room, arrayIndex: 2, tensorIndex: 3);
        room.Should().Equal(0, 0, 3, 4);
        numbers.data<long>().CopyTo(room.AsSpan(0, 2));
        room.Should().Equal(0, 1, 3, 4);
    }

    [Fact]
    public void Arrays_of_any_rank_come_back()
    {
        var cube = new float[2, 3, 4];
        for (int i = 0; i < 24; i++) cube[i / 12, i / 4 % 3, i % 4] = i;
        using Tensor tensor = torch_tensor(cube);
        tensor.data<float>().ToNDArray().Should().BeEquivalentTo(cube);
        using Tensor moved = tensor.permute(2, 0, 1);
        var array = (float[,,])moved.data<float>().ToNDArray();
        array[3, 1, 2].Should().Be(cube[1, 2, 3]);
        zeros(0, 3).data<float>().ToArray().Should().BeEmpty();

        static Tensor torch_tensor(float[,,] values) => TorchSharp.torch.tensor(values);
    }

    [Fact]
    public void Places_outside_are_errors()
    {
        using Tensor grid = zeros([2, 2]);
        TensorAccessor<float> elements = grid.data<float>();
        foreach (long[] place in new long[][] { [4], [-1], [2, 0], [0, 2], [0, -1] })
        {
            Action read = () => _ = elements[place];
            Action write = () => elements[place] = 1;
            read.Should().Throw<IndexOutOfRangeException>();
            write.Should().Throw<IndexOutOfRangeException>();
        }
        Action three = () => _ = elements[0, 0, 0];
        three.Should().Throw<ArgumentException>();
        Action far = () => elements.CopyTo(new float[1], 0, 5);
        far.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_disposed_tensor_has_no_elements()
    {
        Tensor grid = zeros([2, 2]);
        TensorAccessor<float> elements = grid.data<float>();
        grid.Dispose();
        Action read = () => _ = elements[0];
        read.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Data_that_became_smaller_is_not_read_beyond_its_end()
    {
        using Tensor large = zeros(1000), small = zeros(2);
        var elements = large.data<float>();
        large.set_(small);
        Action read = () => _ = elements[999];
        read.Should().Throw<InvalidOperationException>();
        Action copy = () => elements.ToArray();
        copy.Should().Throw<InvalidOperationException>();
    }
}
