using TripletLoss;
using static TorchSharp.torch;

namespace Digits;

/// <summary>What came of a training from one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Checkpoints">Looks at the held-out images before training, after every epoch and at the end.</param>
/// <param name="Warnings">What the reports found, each kind when it was first found.</param>
/// <param name="LastReport">The report on the last batch.</param>
/// <param name="Before">The vectors of the held-out images before training.</param>
/// <param name="After">The vectors of the held-out images after training.</param>
internal sealed record SeedRun(
    int Seed, IReadOnlyList<Checkpoint> Checkpoints, IReadOnlyList<Warning> Warnings, TripletReport LastReport, Tensor Before, Tensor After) : IDisposable
{
    public static SeedRun Of(int seed, DigitImages images, DigitImages heldOut, Recipe recipe, IRunProgress progress)
    {
        using var training = new Training(images, recipe, seed);
        var before = training.Encode(heldOut.Images);
        var checkpoints = new List<Checkpoint> { Checkpoint.Of(0, before, heldOut.Labels, recipe.Loss) };
        var warnings = new List<Warning>();
        var losses = new List<double>();
        TripletReport? last = null;
        progress.Looked(checkpoints[0]);
        foreach (var (batch, loss, report) in training.Steps())
        {
            losses.Add(loss);
            progress.Trained(batch, loss);
            if (report is null) continue;
            last = report;
            foreach (var finding in report.Findings.Where(finding => !warnings.Exists(known => known.Finding.Kind == finding.Kind)))
            {
                warnings.Add(new Warning(seed, batch, finding));
                progress.Warned(warnings[^1]);
            }

            using var vectors = training.Encode(heldOut.Images);
            checkpoints.Add(Checkpoint.Of(batch, vectors, heldOut.Labels, recipe.Loss) with { TrainingLoss = losses.Average(), ActiveShare = report.ActiveShare });
            progress.Looked(checkpoints[^1]);
            losses.Clear();
        }

        return new SeedRun(seed, checkpoints, warnings, last!, before, training.Encode(heldOut.Images));
    }

    public void Dispose()
    {
        Before.Dispose();
        After.Dispose();
    }
}
