namespace TripletLoss.Benchmarks;

/// <summary>The losses that are measured.</summary>
internal enum LossKind
{
    /// <summary><see cref="TripletSemiHardLoss"/>.</summary>
    SemiHard,

    /// <summary><see cref="TripletHardLoss"/>.</summary>
    Hard,

    /// <summary><see cref="TripletBatchAllLoss"/>.</summary>
    BatchAll,
}
