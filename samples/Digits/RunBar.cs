using Spectre.Console;

namespace Digits;

/// <summary>A run's line in the terminal: seed, loss, what the last look showed, and a bar.</summary>
internal sealed class RunBar : IRunProgress
{
    // The loss of one batch jumps; its running mean can be read.
    private const double Smoothing = 0.05;

    private readonly ProgressTask _bar;
    private readonly int _seed;
    private readonly WarningLines _warnings;
    private double _loss = double.NaN;
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
        _loss = double.IsNaN(_loss) ? loss : _loss + (Smoothing * (loss - _loss));
        _bar.Value = batch;
        Describe();
    }

    public void Looked(Checkpoint checkpoint)
    {
        _latest = checkpoint;
        Describe();
    }

    public void Warned(Warning warning) => _warnings.Warned(warning);

    private void Describe() => _bar.Description =
        $"seed {_seed}  [grey]loss[/] {(double.IsNaN(_loss) ? "  –   " : Display.LossNumber(_loss))}  [grey]MAP@R[/] [green]{Figure(_latest?.MapAtR)}[/]  [grey]recall@1[/] [green]{Figure(_latest?.RecallAt1)}[/]";

    private static string Figure(double? value) => value is { } number ? Display.Number(number) : "  –  ";
}
