namespace TripletLoss.Benchmarks;

/// <summary>Every target. Ratios are those of loss and gradient to one product X·Xᵀ, unless another measure is named.</summary>
internal static class Targets
{
    public static readonly Target SmallClasses1024 = new("semi-hard and hard, K 4, d 128 and 512, B 1024", 1.25);
    public static readonly Target SmallClasses = new("semi-hard and hard, K 4, d 128 and 512, B 2048 to 8192", 1.0);
    public static readonly Target ClassesOf16At1024 = new("semi-hard, K 16, d 128, B 1024", 2.0);
    public static readonly Target ClassesOf16At4096 = new("semi-hard, K 16, d 128, B 4096", 1.6);
    public static readonly Target ClassesOf64At1024 = new("semi-hard, K 64, d 128, B 1024", 3.0);
    public static readonly Target ClassesOf64At4096 = new("semi-hard, K 64, d 128, B 4096", 2.3);
    public static readonly Target TwoClasses = new("semi-hard, two classes, d 128, B 1024 to 4096", 7.0);
    public static readonly Target TwoClassesAnyData = new("the same whatever the data", 8.0);
    public static readonly Target BatchAllSmallClasses = new("batch-all, K 4, d 128, B 1024 to 8192", 2.5);
    public static readonly Target BatchAllTwoClasses = new("batch-all, two classes, d 128, B 1024 to 8192", 7.0);
    public static readonly Target AgainstSort = new("against sort + searchsorted in tensor operations, B 1024", 40, TargetSense.AtLeast, " times faster");
    public static readonly Target AgainstTfa = new("against TensorFlow Addons' algorithm in tensor operations, B 512", 1000, TargetSense.AtLeast, " times faster");
    public static readonly Target ReadyTriplets = new("B 64, d 64, over TripletMarginLoss on 64 ready triplets", 1.0);
    public static readonly Target Memory16384 = new("memory beyond input and gradient, B 16384, K 4, d 128", 40, Unit: " MiB");
    public static readonly Target Memory65536 = new("memory beyond input and gradient, B 65536, K 4, d 128", 256, Unit: " MiB");
    public static readonly Target Time65536 = new("semi-hard, K 4, d 128, B 65536", 1.0);
    public static readonly Target Retrieval = new("retrieval metrics, N 10000, d 64, leave-one-out", 6.0);

    public static readonly Target[] All =
    [
        SmallClasses1024, SmallClasses, ClassesOf16At1024, ClassesOf16At4096, ClassesOf64At1024, ClassesOf64At4096,
        TwoClasses, TwoClassesAnyData, BatchAllSmallClasses, BatchAllTwoClasses, AgainstSort, AgainstTfa, ReadyTriplets,
        Memory16384, Time65536, Memory65536, Retrieval,
    ];
}
