namespace TripletLoss.Benchmarks;

/// <summary>Every target. Ratios are those of loss and gradient to one product X·Xᵀ, unless another measure is named.</summary>
internal static class Targets
{
    public static readonly Target SmallClasses1024 = new("semi-hard and hard, K 4, d 128 and 512, B 1024", 0.9);
    public static readonly Target SmallClasses = new("semi-hard and hard, K 4, d 128 and 512, B 2048 to 8192", 0.65);
    public static readonly Target ClassesOf16At1024 = new("semi-hard, K 16, d 128, B 1024", 1.4);
    public static readonly Target ClassesOf16At4096 = new("semi-hard, K 16, d 128, B 4096", 1.2);
    public static readonly Target ClassesOf64At1024 = new("semi-hard, K 64, d 128, B 1024", 3.0);
    public static readonly Target ClassesOf64At4096 = new("semi-hard, K 64, d 128, B 4096", 2.3);
    public static readonly Target TwoClasses = new("semi-hard, two classes, d 128, B 1024 to 4096", 5.0);
    public static readonly Target TwoClassesAnyData = new("the same whatever the data", 8.0);
    public static readonly Target BatchAllSmallClasses = new("batch-all, K 4, d 128, B 1024 to 8192", 1.5);
    public static readonly Target BatchAllLargeClasses = new("batch-all, two classes and K 256, d 128, B 1024 to 8192", 7.0);
    public static readonly Target Cosine = new("the cosine distance, over the squared Euclidean one", 1.3);
    public static readonly Target PerAnchor = new("reduction None, over the plain call", 1.5);
    public static readonly Target Report = new("a report, over the plain call", 1.5);
    public static readonly Target AgainstSort = new("against sort + searchsorted in tensor operations, K 4, B 1024", 50, TargetSense.AtLeast, " times faster");
    public static readonly Target AgainstSortOf16 = new("the same, K 16", 30, TargetSense.AtLeast, " times faster");
    public static readonly Target AgainstTfa = new("against TensorFlow Addons' algorithm in tensor operations, B 512", 1500, TargetSense.AtLeast, " times faster");
    public static readonly Target TensorKernel = new("tensor kernel, float32, over sort + searchsorted, K 4, B 1024 and 4096", 0.125);
    public static readonly Target TensorKernelDouble = new("tensor kernel, float64, over sort + searchsorted in float64", 0.333);
    public static readonly Target ReadyTriplets = new("B 64, d 64, over TripletMarginLoss on 64 ready triplets", 1.0);
    public static readonly Target Memory16384 = new("memory beyond input and gradient, B 16384, K 4, d 128", 40, Unit: " MiB");
    public static readonly Target MemoryOfManyThreads = new("the same, on 64 threads", 96, Unit: " MiB");
    public static readonly Target Memory65536 = new("memory beyond input and gradient, B 65536, K 4, d 128", 64, Unit: " MiB");
    public static readonly Target Time65536 = new("semi-hard, K 4, d 128, B 65536", 0.6);
    public static readonly Target AheadOfTime = new("compiled ahead of time with default settings, over compiled as it runs", 1.3);
    public static readonly Target Neighbours = new("nearest neighbours, N 10000, d 64, k 10", 6.0);
    public static readonly Target Retrieval = new("retrieval metrics, N 10000, d 64, leave-one-out", 6.0);

    public static readonly Target[] All =
    [
        SmallClasses1024, SmallClasses, ClassesOf16At1024, ClassesOf16At4096, ClassesOf64At1024, ClassesOf64At4096,
        TwoClasses, TwoClassesAnyData, BatchAllSmallClasses, BatchAllLargeClasses, Cosine, PerAnchor, Report, AgainstSort, AgainstSortOf16, AgainstTfa,
        TensorKernel, TensorKernelDouble, ReadyTriplets, Memory16384, MemoryOfManyThreads, Time65536, Memory65536, AheadOfTime, Retrieval, Neighbours,
    ];
}
