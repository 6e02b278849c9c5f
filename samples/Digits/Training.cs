using TripletLoss;
using static TorchSharp.torch;

namespace Digits;

/// <summary>One training of a network, from its first weights to the last batch.</summary>
internal sealed class Training : IDisposable
{
    public const int Classes = 10;
    public const int SamplesPerClass = 8;
    public const int BatchSize = Classes * SamplesPerClass;

    /// <summary>Of the training images, which are 898.</summary>
    public const int BatchesPerEpoch = 11;

    private const double LearningRate = 1e-3;

    private readonly DigitImages _images;
    private readonly Recipe _recipe;
    private readonly ClassBalancedSampler _sampler;
    private readonly EmbeddingNetwork _network;
    private readonly optim.Optimizer _optimizer;
    private readonly CrossBatchMemory? _memory;
    private readonly GradientCache? _cache;
    private bool _wantsReport;
    private TripletReport? _report;

    /// <param name="images">The images to train on.</param>
    /// <param name="recipe">How.</param>
    /// <param name="seed">Of the network's first weights and of the order of the images.</param>
    public Training(DigitImages images, Recipe recipe, int seed)
    {
        manual_seed(seed);
        (_images, _recipe) = (images, recipe);
        _sampler = new ClassBalancedSampler(images.Labels, Classes, SamplesPerClass, seed);
        _network = new EmbeddingNetwork();
        _optimizer = optim.Adam(_network.parameters(), LearningRate);
        _memory = recipe.Memory > 0 ? new CrossBatchMemory(recipe.Loss, recipe.Memory) : null;
        _cache = recipe.Chunk > 0 ? new GradientCache(_network, LossOf, recipe.Chunk) : null;
    }

    /// <summary>The network's vectors of images, without a graph.</summary>
    public Tensor Encode(Tensor images)
    {
        using var without = no_grad();
        return _network.call(images);
    }

    /// <summary>Trains on a batch at every step; the loader is read again and again until there were enough. Reports on the last batch of every epoch.</summary>
    public IEnumerable<Step> Steps()
    {
        using var loader = utils.data.DataLoader(new DigitDataset(_images), batchSize: _sampler.BatchSize, shuffler: _sampler);
        for (var number = 0; number < _recipe.Batches;)
        {
            foreach (var items in loader)
            {
                if (number++ == _recipe.Batches) yield break;
                _wantsReport = number % BatchesPerEpoch == 0 || number == _recipe.Batches;
                var loss = TrainOn(items["image"], items["label"]);
                yield return new Step(number, loss, _wantsReport ? _report : null);
            }
        }
    }

    public void Dispose()
    {
        _memory?.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    private double TrainOn(Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var value = _cache is null ? LossOf(labels, _network.call(images)) : _cache.Backward(labels, images);
        if (_cache is null) value.backward();
        _optimizer.step();
        return value.item<float>();
    }

    private Tensor LossOf(Tensor labels, Tensor vectors, Tensor? weights = null) => (_wantsReport, _memory) switch
    {
        (false, null) => _recipe.Loss.Call(labels, vectors, weights),
        (false, _) => _memory.Call(labels, vectors, weights),
        (true, null) => _recipe.Loss.Call(labels, vectors, out _report, weights),
        (true, _) => _memory.Call(labels, vectors, out _report, weights),
    };
}
