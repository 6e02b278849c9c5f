namespace TripletLoss.Benchmarks;

/// <summary>The algorithms of other libraries, written here in TorchSharp operations.</summary>
internal static class PeerCatalogue
{
    private static readonly Algorithm[] All =
    [
        CubicMasks.SemiHard,
        SortAndSearch.SemiHard,
        PairwiseMasks.SemiHard,
        PairwiseMasks.Hard,
        TripletCube.BatchAll,
        PairsAgainstBatch.BatchAll,
        SortedSums.BatchAll,
    ];

    /// <summary>The peers that compute a loss.</summary>
    public static IEnumerable<Algorithm> For(LossKind loss) => All.Where(peer => peer.Loss == loss);
}
