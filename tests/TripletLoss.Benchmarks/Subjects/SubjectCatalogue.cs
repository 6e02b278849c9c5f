namespace TripletLoss.Benchmarks;

/// <summary>Every subject by name, so that a child process can be told which to run.</summary>
internal static class SubjectCatalogue
{
    /// <summary>The yardstick's name.</summary>
    public const string Product = "X·Xᵀ";

    /// <summary>Makes a subject with its input.</summary>
    /// <exception cref="ArgumentException">Nothing has this name.</exception>
    public static ISubject Open(string name, Workload workload) => name switch
    {
        Product => new FreshProductSubject(workload),
        RetrievalSubject.Name => new RetrievalSubject(workload),
        NeighbourSubject.Name => new NeighbourSubject(workload),
        ReadyTripletsSubject.Name => new ReadyTripletsSubject(workload),
        Algorithm.OursName => new LossSubject(Algorithm.Ours(workload.Loss), workload),
        _ => new LossSubject(Variations.Find(name, workload.Loss) ?? Peer(name, workload.Loss), workload),
    };

    private static Algorithm Peer(string name, LossKind loss) =>
        PeerCatalogue.For(loss).FirstOrDefault(peer => peer.Name == name)
        ?? throw new ArgumentException($"No algorithm '{name}' for {loss}.", nameof(name));
}
