namespace Kanji;

/// <summary>All that there is to show.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Unseen">The images of characters that no network was trained on.</param>
/// <param name="Runs">A training for each seed.</param>
/// <param name="Pixels">How well the images' own pixels do as vectors.</param>
/// <param name="Time">How long it took.</param>
internal sealed record Findings(Options Options, KanjiImages Unseen, IReadOnlyList<SeedRun> Runs, Figures Pixels, TimeSpan Time)
{
    /// <summary>The means over the seeds of the checkpoints that all of them have; one that was resumed may have more.</summary>
    public IReadOnlyList<Checkpoint> Means { get; } =
        [.. Runs.SelectMany(run => run.History.Checkpoints).GroupBy(one => one.Batch).Where(same => same.Count() == Runs.Count).OrderBy(same => same.Key).Select(same => Checkpoint.Mean([.. same]))];

    /// <summary>Those at which seen and unseen characters were looked at.</summary>
    public IReadOnlyList<Checkpoint> Looks => [.. Means.Where(mean => mean.Unseen is not null)];

    public Figures Untrained => Looks[0].Unseen!;

    public Figures Trained => Looks[^1].Unseen!;

    /// <summary>What to say of the band around a curve; nothing where there is none.</summary>
    public string Band => Runs.Count > 1 ? " The band holds all seeds." : "";

    /// <summary>The standard deviation over the seeds of a figure at the end; NaN of one seed.</summary>
    public double Deviation(Func<Checkpoint, double> figure)
    {
        var values = Runs.Select(run => figure(run.History.Checkpoints[^1])).ToList();
        return values.Count < 2 ? double.NaN : Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Count - 1));
    }
}
