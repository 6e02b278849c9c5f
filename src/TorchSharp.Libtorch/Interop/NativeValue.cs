using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal enum ValueKind
{
    None, Tensor, Int, Double, Bool, Complex, String, IntList, DoubleList, TensorList, Device, Generator, Default,
}

/// <summary>An argument or a result as native/libtorch.cpp sees it.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct NativeValue
{
    [FieldOffset(0)] public ValueKind Kind;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public long Int;
    [FieldOffset(8)] public double Double;
    [FieldOffset(8)] public IntPtr Pointer;
    [FieldOffset(16)] public double Imaginary;
}

[StructLayout(LayoutKind.Sequential)]
internal struct TensorInfo
{
    public long Elements;
    public long Offset;
    public int Dtype;
    public int Dimensions;
    public int DeviceType;
    public int DeviceIndex;
}

internal enum Question
{
    RequiresGrad, IsLeaf, IsContiguous, IsSparse, IsInference, IsConj, IsNeg, IsQuantized, IsPinned,
}
