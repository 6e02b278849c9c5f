using TripletLoss;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>What came of a training from one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="History">What was known when.</param>
/// <param name="Before">The vectors of the unseen images before training.</param>
/// <param name="After">The vectors of the unseen images after training.</param>
/// <param name="Report">What the loss says of a batch of unseen characters after training.</param>
internal sealed record SeedRun(int Seed, RunHistory History, Tensor Before, Tensor After, TripletReport Report) : IDisposable
{
    /// <summary>Looks at seen and unseen characters before training, after every so many batches and at the end, and saves the training each time.</summary>
    public const int LookEvery = 9 * Training.ReportEvery;

    /// <param name="seed">The seed.</param>
    /// <param name="split">The characters.</param>
    /// <param name="recipe">How to train.</param>
    /// <param name="folder">Where the training is saved; one that was saved there goes on.</param>
    /// <param name="progress">Is told how it goes.</param>
    public static SeedRun Of(int seed, KanjiSplit split, Recipe recipe, SeedFolder folder, IRunProgress progress)
    {
        using var training = new Training(split.Training, recipe, seed);
        var before = training.Network.Encode(split.Unseen.Images);
        var history = folder.Load(training) ?? new RunHistory(seed, recipe.Name, [Look(new Checkpoint(0))], []);
        progress.Looked(history.Checkpoints[^1]);
        var losses = new List<double>();
        foreach (var (batch, loss, report) in training.Steps())
        {
            losses.Add(loss);
            progress.Trained(batch, loss);
            if (report is null) continue;
            foreach (var warning in history.AddNew(batch, report.Findings)) progress.Warned(warning);
            var checkpoint = new Checkpoint(batch, losses.Average(), report.ActiveShare);
            var isLook = batch % LookEvery == 0 || batch == recipe.Batches;
            history.Checkpoints.Add(isLook ? Look(checkpoint) : checkpoint);
            losses.Clear();
            if (!isLook) continue;
            progress.Looked(history.Checkpoints[^1]);
            folder.Save(training, history);
        }

        var after = training.Network.Encode(split.Unseen.Images);
        return new SeedRun(seed, history, before, after, ReportOn(split.Unseen, after, recipe.Loss));

        Checkpoint Look(Checkpoint checkpoint)
        {
            using var seen = training.Network.Encode(split.Seen.Images);
            using var unseen = training.Network.Encode(split.Unseen.Images);
            return checkpoint with { Seen = Figures.Of(seen, split.Seen.Labels), Unseen = Figures.Of(unseen, split.Unseen.Labels) };
        }
    }

    public void Dispose()
    {
        Before.Dispose();
        After.Dispose();
    }

    private static TripletReport ReportOn(KanjiImages kanji, Tensor vectors, Loss loss)
    {
        using var scope = NewDisposeScope();
        var sampler = new ClassBalancedSampler(kanji.Labels, Math.Min(Training.Classes, kanji.Characters.Count), Training.SamplesPerClass);
        var batch = tensor([.. sampler.Take(sampler.BatchSize)]);
        return loss.Inspect(kanji.Labels.index_select(0, batch), vectors.index_select(0, batch));
    }
}
