namespace TorchSharp;

public static partial class torch
{
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        ComplexFloat32 = 9,
        ComplexFloat64 = 10,
        Bool = 11,
        QInt8 = 12,
        QUInt8 = 13,
        QInt32 = 14,
        BFloat16 = 15,
    }

    /// <summary>libtorch looks types up in tables without looking at the number.</summary>
    internal static ScalarType Checked(this ScalarType type) => type is >= ScalarType.Byte and <= ScalarType.BFloat16
        ? type
        : throw new ArgumentOutOfRangeException(nameof(type), type, "This is not an element type.");
}
