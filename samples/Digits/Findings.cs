namespace Digits;

/// <summary>All that there is to show.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="HeldOut">The images that no network was trained on.</param>
/// <param name="Runs">A training for each seed.</param>
/// <param name="Pixels">How good the images' own pixels are as vectors.</param>
/// <param name="Time">How long it took.</param>
internal sealed record Findings(Options Options, DigitImages HeldOut, IReadOnlyList<SeedRun> Runs, Checkpoint Pixels, TimeSpan Time)
{
    /// <summary>The checkpoints' means over the seeds.</summary>
    public IReadOnlyList<Checkpoint> Means { get; } =
        [.. Runs[0].Checkpoints.Select((_, at) => Checkpoint.Mean([.. Runs.Select(run => run.Checkpoints[at])]))];
}
