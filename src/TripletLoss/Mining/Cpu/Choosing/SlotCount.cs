namespace TripletLoss;

/// <summary>How many slots one pass over the distances serves: a constant to the compiler, which drops the unused ones.</summary>
internal interface ISlotCount
{
    static abstract int Count { get; }
}

internal readonly struct OneSlot : ISlotCount
{
    public static int Count => 1;
}

internal readonly struct TwoSlots : ISlotCount
{
    public static int Count => 2;
}

internal readonly struct ThreeSlots : ISlotCount
{
    public static int Count => 3;
}

internal readonly struct FourSlots : ISlotCount
{
    public static int Count => 4;
}
