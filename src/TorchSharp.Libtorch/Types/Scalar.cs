using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number of any type, as operators take it. It lives in managed memory, so there is nothing to free.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly NativeValue Value;

    internal Scalar(in NativeValue value) => Value = value;

    private Scalar(long value, ValueKind kind)
    {
        Value.Kind = kind;
        Value.Int = value;
    }

    private Scalar(double value, double imaginary, ValueKind kind)
    {
        Value.Kind = kind;
        Value.Double = value;
        Value.Imaginary = imaginary;
    }

    public torch.ScalarType Type => Value.Kind switch
    {
        ValueKind.Int => torch.ScalarType.Int64,
        ValueKind.Bool => torch.ScalarType.Bool,
        ValueKind.Complex => torch.ScalarType.ComplexFloat64,
        _ => torch.ScalarType.Float64,
    };

    public static implicit operator Scalar(byte value) => new(value, ValueKind.Int);
    public static implicit operator Scalar(sbyte value) => new(value, ValueKind.Int);
    public static implicit operator Scalar(short value) => new(value, ValueKind.Int);
    public static implicit operator Scalar(int value) => new(value, ValueKind.Int);
    public static implicit operator Scalar(long value) => new(value, ValueKind.Int);
    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, ValueKind.Bool);
    public static implicit operator Scalar(Half value) => new((double)value, 0, ValueKind.Double);
    public static implicit operator Scalar(BFloat16 value) => new(value.ToSingle(), 0, ValueKind.Double);
    public static implicit operator Scalar(float value) => new(value, 0, ValueKind.Double);
    public static implicit operator Scalar(double value) => new(value, 0, ValueKind.Double);
    public static implicit operator Scalar((float, float) value) => new(value.Item1, value.Item2, ValueKind.Complex);
    public static implicit operator Scalar(Complex value) => new(value.Real, value.Imaginary, ValueKind.Complex);

    public void Dispose()
    {
    }

    internal double AsDouble() => Value.Kind switch
    {
        ValueKind.Int or ValueKind.Bool => Value.Int,
        ValueKind.Complex when Value.Imaginary != 0 => throw new InvalidOperationException("A complex number with an imaginary part is not a real one."),
        _ => Value.Double,
    };

    internal long AsLong() => Value.Kind is ValueKind.Int or ValueKind.Bool ? Value.Int : checked((long)AsDouble());

    internal Complex AsComplex() => Value.Kind == ValueKind.Complex ? new Complex(Value.Double, Value.Imaginary) : AsDouble();
}
