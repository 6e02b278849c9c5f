using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>One argument of an operator: anything that converts, without allocating.</summary>
internal readonly struct Arg
{
    /// <summary>What the schema says when the caller says nothing.</summary>
    internal static readonly Arg Default = new(ValueKind.Default);

    internal readonly NativeValue Value;

    /// <summary>The tensor, generator, text or list that the value stands for.</summary>
    internal readonly object? Object;

    private Arg(ValueKind kind, object? obj = null)
    {
        Value.Kind = obj is null && kind != ValueKind.Default ? ValueKind.None : kind;
        Object = obj;
    }

    private Arg(ValueKind kind, long value)
    {
        Value.Kind = kind;
        Value.Int = value;
    }

    private Arg(double value, double imaginary, ValueKind kind)
    {
        Value.Kind = kind;
        Value.Double = value;
        Value.Imaginary = imaginary;
    }

    private Arg(Device? device)
    {
        Value.Kind = device is null ? ValueKind.None : ValueKind.Device;
        if (device is null) return;
        Value.Int = (long)device.type;
        Value.Count = device.index;
    }

    private Arg(Scalar? scalar)
    {
        if (scalar is not null) Value = scalar.Value;
    }

    public static implicit operator Arg(Tensor? value) => new(ValueKind.Tensor, value);
    public static implicit operator Arg(Tensor?[]? value) => new(ValueKind.TensorList, value);
    public static implicit operator Arg(Generator? value) => new(ValueKind.Generator, value);
    public static implicit operator Arg(string? value) => new(ValueKind.String, value);
    public static implicit operator Arg(long[]? value) => new(ValueKind.IntList, value);
    public static implicit operator Arg(ReadOnlySpan<long> value) => new(ValueKind.IntList, value.ToArray());
    public static implicit operator Arg(double[]? value) => new(ValueKind.DoubleList, value);
    public static implicit operator Arg(long value) => new(ValueKind.Int, value);
    public static implicit operator Arg(int value) => new(ValueKind.Int, value);
    public static implicit operator Arg(bool value) => new(ValueKind.Bool, value ? 1 : 0);
    public static implicit operator Arg(double value) => new(value, 0, ValueKind.Double);
    public static implicit operator Arg(ScalarType value) => new(ValueKind.Int, (long)value.Checked());
    public static implicit operator Arg(long? value) => value is long v ? v : default(Arg);
    public static implicit operator Arg(int? value) => value is int v ? v : default(Arg);
    public static implicit operator Arg(bool? value) => value is bool v ? v : default(Arg);
    public static implicit operator Arg(double? value) => value is double v ? v : default(Arg);
    public static implicit operator Arg(ScalarType? value) => value is ScalarType v ? v : default(Arg);
    public static implicit operator Arg(Device? value) => new(value);
    public static implicit operator Arg(Scalar? value) => new(value);
}
