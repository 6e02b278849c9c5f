using TripletLoss;
using static TorchSharp.torch;

namespace Digits;

/// <summary>Trains a network, and looks at the held-out images before, during and after.</summary>
internal sealed class Training(DigitImages training, DigitImages heldOut, Loss loss, int batches)
{
    private const double LearningRate = 1e-3;
    private readonly int _batchesBetween = Math.Max(1, batches / 6);

    /// <param name="seed">Of the network's first weights and of the order of the images.</param>
    /// <param name="progress">Told of every batch and every look at the held-out images.</param>
    /// <returns>What the looks showed.</returns>
    public List<Checkpoint> Run(int seed, IRunProgress progress)
    {
        manual_seed(seed);
        using var network = new EmbeddingNetwork();
        using var optimizer = optim.Adam(network.parameters(), LearningRate);
        var checkpoints = new List<Checkpoint>();
        Look(0);
        foreach (var (batch, images, labels) in Batches(seed))
        {
            progress.Trained(batch, Step(network, optimizer, images, labels));
            if (batch % _batchesBetween == 0 || batch == batches) Look(batch);
        }

        return checkpoints;

        void Look(int batch)
        {
            checkpoints.Add(Measure(network, batch));
            progress.Looked(checkpoints[^1]);
        }
    }

    /// <summary>Every batch holds 8 images of each of the 10 digits; the loader is read again and again until there were enough.</summary>
    private IEnumerable<(int Number, Tensor Images, Tensor Labels)> Batches(int seed)
    {
        var sampler = new ClassBalancedSampler([.. training.Digits], classesPerBatch: 10, samplesPerClass: 8, seed: seed);
        using var loader = utils.data.DataLoader(new DigitDataset(training), batchSize: sampler.BatchSize, shuffler: sampler);
        for (var number = 0; number < batches;)
        {
            foreach (var items in loader)
            {
                if (number++ == batches) yield break;
                yield return (number, items["image"], items["label"]);
            }
        }
    }

    private double Step(EmbeddingNetwork network, optim.Optimizer optimizer, Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var value = loss.Call(labels, network.call(images));
        optimizer.zero_grad();
        value.backward();
        optimizer.step();
        return value.item<float>();
    }

    private Checkpoint Measure(EmbeddingNetwork network, int batch)
    {
        using var without = no_grad();
        using var vectors = network.call(heldOut.Images);
        return Checkpoint.Of(batch, vectors, heldOut.Labels, loss);
    }
}
