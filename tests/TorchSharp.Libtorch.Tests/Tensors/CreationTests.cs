using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class CreationTests
{
    [Fact]
    public void Scalars_take_the_type_of_the_number()
    {
        tensor(1.5).dtype.Should().Be(float64);
        tensor(1.5f).dtype.Should().Be(float32);
        tensor(3).dtype.Should().Be(int32);
        tensor(3L).dtype.Should().Be(int64);
        tensor((byte)3).dtype.Should().Be(uint8);
        tensor((sbyte)3).dtype.Should().Be(int8);
        tensor((short)3).dtype.Should().Be(int16);
        tensor(true).dtype.Should().Be(ScalarType.Bool);
        tensor(3).shape.Should().BeEmpty();
    }

    [Fact]
    public void Arrays_keep_their_rank_and_order()
    {
        using Tensor matrix = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        matrix.shape.Should().Equal(2, 3);
        matrix.data<float>().ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
        using Tensor cube = tensor(new long[,,] { { { 1 }, { 2 } }, { { 3 }, { 4 } } });
        cube.shape.Should().Equal(2, 2, 1);
        cube[1, 0, 0].item<long>().Should().Be(3);
        using Tensor shaped = tensor(new double[] { 1, 2, 3, 4, 5, 6 }, [3, 2]);
        shaped[2, 1].item<double>().Should().Be(6);
    }

    [Fact]
    public void Lists_and_arrays_of_another_type_are_converted()
    {
        using Tensor converted = tensor(new List<int> { 1, -2, 3 }, dtype: float64);
        converted.data<double>().ToArray().Should().Equal(1, -2, 3);
        using Tensor learnt = tensor(new[] { 1f, 2f }, requires_grad: true);
        learnt.requires_grad.Should().BeTrue();
        learnt.is_leaf.Should().BeTrue();
    }

    [Fact]
    public void A_shape_that_the_data_does_not_fill_is_refused()
    {
        Action wrong = () => tensor(new float[] { 1, 2, 3 }, [2, 2]);
        wrong.Should().Throw<ArgumentException>().WithMessage("*3 elements*[2, 2]*");
    }

    [Fact]
    public void Tensor_copies_where_from_array_and_frombuffer_share()
    {
        float[] source = [1, 2, 3];
        using Tensor copied = tensor(source);
        using Tensor shared = from_array(source);
        using Tensor buffer = frombuffer(source, float32, count: 2, offset: 1);
        source[1] = 20;
        copied[1].item<float>().Should().Be(2);
        shared[1].item<float>().Should().Be(20);
        buffer.data<float>().ToArray().Should().Equal(20, 3);
        shared.mul_(2);
        source.Should().Equal(2, 40, 6);
    }

    [Fact]
    public void A_shared_array_stays_where_it_is_while_the_tensor_lives()
    {
        (Tensor shared, WeakReference array) = Share();
        GC.Collect(2, GCCollectionMode.Forced, true, true);
        array.IsAlive.Should().BeTrue();
        shared.data<long>().ToArray().Should().Equal(Enumerable.Range(0, 1000).Select(i => (long)i));
        shared.Dispose();
        GC.Collect(2, GCCollectionMode.Forced, true, true);
        array.IsAlive.Should().BeFalse();

        static (Tensor, WeakReference) Share()
        {
            long[] numbers = Enumerable.Range(0, 1000).Select(i => (long)i).ToArray();
            return (from_array(numbers), new WeakReference(numbers));
        }
    }

    [Fact]
    public void Buffers_outside_of_the_array_are_refused()
    {
        Action tooMany = () => frombuffer(new float[3], float32, count: 4);
        Action tooFar = () => frombuffer(new float[3], float32, offset: 4);
        Action wider = () => frombuffer(new float[3], float64, count: 2);
        tooMany.Should().Throw<ArgumentOutOfRangeException>();
        tooFar.Should().Throw<ArgumentOutOfRangeException>();
        wider.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Filled_tensors_hold_what_they_say()
    {
        zeros(2, 3).data<float>().ToArray().Should().AllBeEquivalentTo(0f).And.HaveCount(6);
        ones([2], dtype: int64).data<long>().ToArray().Should().Equal(1, 1);
        full([3], 2.5).data<float>().ToArray().Should().Equal(2.5f, 2.5f, 2.5f);
        full([1], 7).dtype.Should().Be(int64);
        eye(2).data<float>().ToArray().Should().Equal(1, 0, 0, 1);
        arange(2, 10, 3).data<long>().ToArray().Should().Equal(2, 5, 8);
        arange(0, 1, 0.25).data<float>().ToArray().Should().Equal(0, 0.25f, 0.5f, 0.75f);
        linspace(0, 1, 5).data<float>().ToArray().Should().Equal(0, 0.25f, 0.5f, 0.75f, 1);
        zeros_like(ones([2], dtype: float64)).dtype.Should().Be(float64);
        tensor(new[] { 1f }).new_full(2, 3).data<float>().ToArray().Should().Equal(3, 3);
    }

    [Fact]
    public void Numbers_become_tensors_by_themselves()
    {
        Tensor single = 2.5f;
        single.item<float>().Should().Be(2.5f);
        Tensor row = new[] { 1L, 2L };
        row.data<long>().ToArray().Should().Equal(1, 2);
        ((float)tensor(2.5)).Should().Be(2.5f);
        ((long)tensor(7)).Should().Be(7);
    }
}
