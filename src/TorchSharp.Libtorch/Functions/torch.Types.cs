using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static ScalarType @bool = ScalarType.Bool;
    public static ScalarType uint8 = ScalarType.Byte;
    public static ScalarType int8 = ScalarType.Int8;
    public static ScalarType int16 = ScalarType.Int16;
    public static ScalarType @short = ScalarType.Int16;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType @int = ScalarType.Int32;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType @long = ScalarType.Int64;
    public static ScalarType float16 = ScalarType.Float16;
    public static ScalarType half = ScalarType.Float16;
    public static ScalarType bfloat16 = ScalarType.BFloat16;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType @float = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;
    public static ScalarType @double = ScalarType.Float64;
    public static ScalarType complex64 = ScalarType.ComplexFloat32;
    public static ScalarType cfloat = ScalarType.ComplexFloat32;
    public static ScalarType complex128 = ScalarType.ComplexFloat64;
    public static ScalarType cdouble = ScalarType.ComplexFloat64;

    public static ScalarType get_default_dtype() => (ScalarType)Native.ts_default_dtype();

    public static void set_default_dtype(ScalarType dtype) => Native.Check(Native.ts_set_default_dtype((int)dtype.Checked()));

    public static void set_default_tensor_type(Tensor t) => set_default_dtype(t.dtype);

    public static bool is_integral(ScalarType type) => type is
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    public static bool is_floating_point(ScalarType type) => type is
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static bool is_quantized(ScalarType type) => type is ScalarType.QInt8 or ScalarType.QUInt8 or ScalarType.QInt32;

    public static bool is_integral(Tensor t) => is_integral(t.dtype);

    public static bool is_floating_point(Tensor input) => is_floating_point(input.dtype);

    public static bool is_complex(Tensor input) => is_complex(input.dtype);

    public static bool is_tensor(object obj) => obj is Tensor;

    public static ScalarType promote_types(ScalarType type1, ScalarType type2)
    {
        Native.Check(Native.ts_promote((int)type1.Checked(), (int)type2.Checked(), out int promoted));
        return (ScalarType)promoted;
    }

    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) =>
        (ScalarType)Op.Number("result_type.Tensor", tensor1, tensor2).Int;

    public static bool can_cast(ScalarType from, ScalarType to) => Op.Is("can_cast", from, to);

    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        _ => throw new ArgumentException($"{type} holds no integers.", nameof(type)),
    };
}
