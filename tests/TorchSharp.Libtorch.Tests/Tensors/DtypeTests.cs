using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class DtypeTests
{
    [Fact]
    public void Every_type_is_written_and_read()
    {
        Check<byte>([0, 7, 255], uint8, 1);
        Check<sbyte>([-128, 0, 127], int8, 1);
        Check<short>([short.MinValue, 3], int16, 2);
        Check<int>([int.MinValue, 3], int32, 4);
        Check<long>([long.MinValue, (1L << 53) + 1], int64, 8);
        Check<bool>([true, false], ScalarType.Bool, 1);
        Check<Half>([(Half)0.5f, Half.MaxValue], float16, 2);
        Check<BFloat16>([(BFloat16)0.5f, BFloat16.MaxValue], bfloat16, 2);
        Check<float>([float.Epsilon, float.NaN, -1], float32, 4);
        Check<double>([double.Epsilon, double.NegativeInfinity], float64, 8);

        static void Check<T>(T[] values, ScalarType type, int size) where T : unmanaged
        {
            using Tensor shared = from_array(values);
            using Tensor copy = shared.clone();
            copy.dtype.Should().Be(type);
            copy.element_size().Should().Be(size);
            copy.data<T>().ToArray().Should().Equal(values);
            copy[1].item<T>().Should().Be(values[1]);
            copy.bytes.Length.Should().Be(size * values.Length);
        }
    }

    [Theory]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Small_numbers_survive_every_conversion(ScalarType type)
    {
        using Tensor source = tensor(new[] { 0.0, 1, 2, 64 });
        using Tensor there = source.to(type);
        there.dtype.Should().Be(type);
        using Tensor back = there.@double();
        back.data<double>().ToArray().Should().Equal(0, 1, 2, 64);
        using Tensor sum = there.add(there);
        sum.@long().data<long>().ToArray()[..3].Should().Equal(0, 2, 4);
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1.00390625f, 1f)] // a tie: to the even neighbour
    [InlineData(1.01171875f, 1.015625f)] // a tie: to the even neighbour
    [InlineData(-3.14159f, -3.140625f)]
    [InlineData(3.4e38f, float.PositiveInfinity)]
    public void BFloat16_rounds_as_libtorch_does(float value, float rounded)
    {
        ((BFloat16)value).ToSingle().Should().Be(rounded);
        using Tensor single = tensor(new[] { value });
        single.to(bfloat16).to(float32).item<float>().Should().Be(rounded);
    }

    [Fact]
    public void Properties_of_types_are_those_of_IEEE()
    {
        finfo(float32).eps.Should().Be(MathF.BitIncrement(1) - 1);
        finfo(float64).eps.Should().Be(Math.BitIncrement(1) - 1);
        finfo(float32).max.Should().Be(float.MaxValue);
        finfo(float16).max.Should().Be((double)Half.MaxValue);
        finfo(bfloat16).max.Should().Be((double)BFloat16.MaxValue);
        finfo(float32).tiny.Should().Be(1.1754943508222875e-38);
        max_int_value(int16).Should().Be(short.MaxValue);
        Action ofFloats = () => max_int_value(float32);
        ofFloats.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Types_are_promoted_as_in_PyTorch()
    {
        promote_types(int64, float32).Should().Be(float32);
        promote_types(float16, bfloat16).Should().Be(float32);
        promote_types(uint8, int8).Should().Be(int16);
        can_cast(float32, int32).Should().BeFalse();
        can_cast(int32, float32).Should().BeTrue();
        result_type(tensor(new[] { 1f }), tensor(2.5)).Should().Be(float32);
        result_type(tensor(new[] { 1 }), tensor(2.5f)).Should().Be(float32);
        is_floating_point(bfloat16).Should().BeTrue();
        is_integral(float32).Should().BeFalse();
    }

    [Fact]
    public void The_default_type_is_that_of_new_tensors()
    {
        set_default_dtype(float64);
        try
        {
            zeros(1).dtype.Should().Be(float64);
            get_default_dtype().Should().Be(float64);
        }
        finally
        {
            set_default_dtype(float32);
        }
        zeros(1).dtype.Should().Be(float32);
    }

    [Fact]
    public void Element_types_must_match_exactly()
    {
        using Tensor floats = ones(2);
        Action asDouble = () => floats.data<double>();
        Action asInt = () => floats[0].item<int>();
        asDouble.Should().Throw<ArgumentException>().WithMessage("*Double*Float32*");
        asInt.Should().Throw<ArgumentException>();
        floats[0].ToDouble().Should().Be(1);
    }
}
