using TripletLoss;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>One training of a network, from its first weights to the last batch.</summary>
internal sealed class Training : IDisposable
{
    public const int Classes = 32;
    public const int SamplesPerClass = 6;
    public const int BatchSize = Classes * SamplesPerClass;

    /// <summary>Reports on every such batch, and on the last.</summary>
    public const int ReportEvery = 25;

    private readonly KanjiImages _images;
    private readonly Recipe _recipe;
    private readonly int _seed;
    private readonly ClassBalancedSampler _sampler;
    private readonly optim.Optimizer _optimizer;
    private readonly CrossBatchMemory? _memory;
    private readonly GradientCache? _cache;
    private bool _wantsReport;
    private TripletReport? _report;

    /// <param name="images">The images to train on.</param>
    /// <param name="recipe">How.</param>
    /// <param name="seed">Of the network's first weights, of the order of the images and of their views.</param>
    public Training(KanjiImages images, Recipe recipe, int seed)
    {
        manual_seed(seed);
        (_images, _recipe, _seed) = (images, recipe, seed);
        _sampler = new ClassBalancedSampler(images.Labels, Classes, SamplesPerClass, seed);
        Network = new EmbeddingNetwork();
        _optimizer = optim.Adam(Network.parameters(), Recipe.LearningRate);
        _memory = recipe.Memory > 0 ? new CrossBatchMemory(recipe.Loss, recipe.Memory, warmUpCalls: recipe.MemoryAfter) : null;
        _cache = recipe.Chunk > 0 ? new GradientCache(Network, LossOf, recipe.Chunk) : null;
    }

    public EmbeddingNetwork Network { get; }

    /// <summary>How many batches were trained on.</summary>
    public int Batch { get; private set; }

    /// <summary>Trains on a batch at every step; epoch follows epoch until there were enough.</summary>
    public IEnumerable<Step> Steps()
    {
        while (Batch < _recipe.Batches)
        {
            // A training that goes on may begin within an epoch.
            _sampler.Epoch = Batch / _sampler.BatchesPerEpoch;
            foreach (var rows in _sampler.Chunk(_sampler.BatchSize).Skip(Batch % _sampler.BatchesPerEpoch).Take(_recipe.Batches - Batch))
            {
                Batch++;
                _wantsReport = Batch % ReportEvery == 0 || Batch == _recipe.Batches;
                var loss = TrainOn(rows);
                yield return new Step(Batch, loss, _wantsReport ? _report : null);
            }
        }
    }

    /// <summary>Writes all that the next batch depends on.</summary>
    public void Save(string folder)
    {
        Network.save(Path.Combine(folder, TrainingFiles.Network));
        ((TorchSharp.Modules.OptimizerHelper)_optimizer).save_state_dict(Path.Combine(folder, TrainingFiles.Optimizer));
        TrainingFiles.WriteSampler(folder, _sampler, _seed, Batch);
        if (_memory is not null) TrainingFiles.WriteMemory(folder, _memory);
    }

    /// <summary>Goes on from where <see cref="Save"/> was called.</summary>
    public void Load(string folder)
    {
        Network.load(Path.Combine(folder, TrainingFiles.Network));
        ((TorchSharp.Modules.OptimizerHelper)_optimizer).load_state_dict(Path.Combine(folder, TrainingFiles.Optimizer));
        Batch = TrainingFiles.ReadSampler(folder, _sampler);
        if (_memory is not null) TrainingFiles.ReadMemory(folder, _memory);
    }

    public void Dispose()
    {
        _memory?.Dispose();
        _optimizer.Dispose();
        Network.Dispose();
    }

    private double TrainOn(long[] rows)
    {
        using var scope = NewDisposeScope();
        var batch = tensor(rows);
        var (images, labels) = (_images.Images.index_select(0, batch), _images.Labels.index_select(0, batch));
        foreach (var group in _optimizer.ParamGroups) group.LearningRate = _recipe.LearningRateOf(Batch);
        var views = RandomViews.Of(images, new Random((_seed * 1_000_003) + Batch));
        _optimizer.zero_grad();
        var value = _cache is null ? LossOf(labels, Network.call(views)) : _cache.Backward(labels, views);
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
