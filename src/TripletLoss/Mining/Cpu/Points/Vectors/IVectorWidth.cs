using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>
/// What the kernels ask of a vector width. The kernels are written once, over the interface; the JIT compiles them for
/// each width separately, so that a call here is one instruction. "Bits" operations see the lanes as 32-bit integers.
/// </summary>
internal unsafe interface IVectorWidth<TVector>
    where TVector : struct
{
    static abstract int Lanes { get; }

    static abstract TVector Load(float* source);

    /// <summary>Four floats for each quarter of sixteen (or half of eight) lanes, a step from one to the next.</summary>
    static abstract TVector LoadFours(float* source, nint step);

    static abstract void Store(float* target, TVector value);

    static abstract TVector Broadcast(float value);

    static abstract TVector BroadcastBits(uint value);

    /// <summary>x · y + sum, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector sum);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Subtract(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    static abstract TVector Divide(TVector x, TVector y);

    static abstract TVector Max(TVector x, TVector y);

    static abstract TVector SquareRoot(TVector x);

    /// <summary>All ones in the lanes where x is less than y.</summary>
    static abstract TVector Less(TVector x, TVector y);

    /// <summary>The lanes of whenSet where the mask is set, of otherwise elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector whenSet, TVector otherwise);

    /// <summary>One bit a lane of a mask, the first lane lowest.</summary>
    static abstract uint MaskBits(TVector mask);

    /// <summary>One bit for every lane in which the integers are equal.</summary>
    static abstract uint EqualBits(TVector x, TVector y);

    /// <summary>All ones in the lanes in which the integers are equal.</summary>
    static abstract TVector Equal(TVector x, TVector y);

    static abstract TVector AddBits(TVector x, TVector y);

    static abstract TVector SubtractBits(TVector x, TVector y);

    /// <summary>The smaller unsigned integer.</summary>
    static abstract TVector MinBits(TVector x, TVector y);

    static abstract TVector AndBits(TVector x, TVector y);

    static abstract TVector OrBits(TVector x, TVector y);

    static abstract TVector XorBits(TVector x, TVector y);

    /// <summary>x₀ y₀ x₁ y₁ of every four lanes.</summary>
    static abstract TVector ZipLow(TVector x, TVector y);

    /// <summary>x₂ y₂ x₃ y₃ of every four lanes.</summary>
    static abstract TVector ZipHigh(TVector x, TVector y);

    /// <summary>The integers as floats.</summary>
    static abstract TVector ToFloat(TVector bits);

    static abstract float Sum(TVector value);

    /// <summary>The four sums of every fourth lane.</summary>
    static abstract Vector128<float> SumFours(TVector value);

    static abstract int SumBits(TVector bits);

    /// <summary>The smallest unsigned integer of all lanes.</summary>
    static abstract uint LeastBits(TVector bits);
}
