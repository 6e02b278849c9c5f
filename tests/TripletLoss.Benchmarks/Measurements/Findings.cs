namespace TripletLoss.Benchmarks;

/// <summary>What has been measured so far, table by table.</summary>
internal sealed class Findings
{
    private readonly Dictionary<Target, List<(double Figure, string Where)>> _figures = [];

    /// <summary>Loss and gradient over one product.</summary>
    public List<LossFinding> Losses { get; } = [];

    /// <summary>Other libraries' algorithms.</summary>
    public List<PeerFinding> Peers { get; } = [];

    /// <summary>What is compared with something else than a product, or is no loss.</summary>
    public List<RivalFinding> Rivals { get; } = [];

    /// <summary>Peak memory.</summary>
    public List<MemoryFinding> Memory { get; } = [];

    /// <summary>Cold starts.</summary>
    public List<ColdFinding> ColdStarts { get; } = [];

    /// <summary>With other programs at work.</summary>
    public List<BusyMachineFinding> BusyMachine { get; } = [];

    /// <summary>Small batches, by BenchmarkDotNet.</summary>
    public List<MicroFinding> Micro { get; } = [];

    /// <summary>What could not be measured, and why.</summary>
    public List<(string Title, string Reason)> Failures { get; } = [];

    /// <summary>Notes a figure that has a target; infinite for what took too long to be run.</summary>
    public void Judge(Target? target, double figure, string where)
    {
        if (target is null)
            return;
        if (!_figures.TryGetValue(target, out var figures))
            _figures[target] = figures = [];
        figures.Add((figure, where));
    }

    /// <summary>The figure farthest on the wrong side, or null where nothing was measured.</summary>
    public (double Figure, string Where)? Worst(Target target)
    {
        if (!_figures.TryGetValue(target, out var figures))
            return null;
        return target.Sense == TargetSense.AtMost ? figures.MaxBy(Figure) : figures.MinBy(Figure);
        static double Figure((double Figure, string Where) judged) => judged.Figure;
    }
}
