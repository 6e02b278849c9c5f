using Spectre.Console;

namespace Kanji;

/// <summary>A run's line in the terminal: seed, loss, what the last look showed, and a bar.</summary>
internal sealed class RunBar : IRunProgress
{
    // The loss of one batch jumps; its running mean can be read.
    private const double Smoothing = 0.05;

    private readonly ProgressTask _bar;
    private readonly int _seed;
    private readonly WarningLines _warnings;
    private double? _loss;
    private Checkpoint? _latest;

    public RunBar(ProgressContext context, int seed, int batches, WarningLines warnings)
    {
        (_seed, _warnings) = (seed, warnings);
        _bar = context.AddTask($"seed {seed}", autoStart: false, maxValue: batches);
        Describe();
    }

    public SeedRun Follow(Func<IRunProgress, SeedRun> run)
    {
        _bar.StartTask();
        var done = run(this);
        _bar.StopTask();
        return done;
    }

    public void Trained(int batch, double loss)
    {
        _loss = _loss is { } mean ? mean + (Smoothing * (loss - mean)) : loss;
        _bar.Value = batch;
        Describe();
    }

    public void Looked(Checkpoint checkpoint)
    {
        _latest = checkpoint;
        _bar.Value = checkpoint.Batch;
        Describe();
    }

    public void Warned(Warning warning) => _warnings.Warned(warning);

    private void Describe() => _bar.Description =
        $"seed {_seed}  [grey]loss[/] {Display.LossNumber(_loss),6}  [grey]MAP@R unseen[/] [green]{Display.Number(_latest?.Unseen?.MapAtR),5}[/] [grey]seen[/] {Display.Number(_latest?.Seen?.MapAtR),5}";
}
