using TripletLoss;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Distributed;

/// <summary>Training of a small network on one rank's share of every batch.</summary>
internal sealed class Training : IDisposable
{
    private const int Steps = 200, Classes = 40;

    private readonly IProcessGroup _group;
    private readonly TripletSemiHardLoss _loss = new(margin: 0.2);
    private readonly Module<Tensor, Tensor> _network = Sequential(Linear(MadeUpSamples.Numbers, 32), Tanh(), Linear(32, 8));
    private readonly MadeUpSamples _seen = new(firstClass: 0, Classes), _unseen = new(firstClass: Classes, 20);

    public Training(IProcessGroup group)
    {
        _group = group;
        // Every rank begins with the network of the first. Its seed makes that the same in every run.
        if (group.Rank == 0)
            MadeUpSamples.Fill(_network.parameters(), seed: 1);
        using (no_grad())
        {
            foreach (var parameter in _network.parameters())
                group.Broadcast(parameter, root: 0);
        }
        Untrained = Score();
    }

    /// <summary>MAP@R on classes that training never sees, before it.</summary>
    public double Untrained { get; }

    public void Run()
    {
        using var optimizer = optim.Adam(_network.parameters(), lr: 3e-3);
        // The same batches on every rank, and of each batch a share of its own.
        var sampler = new ClassBalancedSampler(_seen.Labels, classesPerBatch: 16, samplesPerClass: 4, seed: 1);
        var share = sampler.ForRank(_group.Rank, _group.Size);
        int step = 0;
        while (step < Steps)
        {
            foreach (long[] rows in share.Chunk(share.BatchSize))
            {
                if (step++ == Steps)
                    return;
                using var scope = NewDisposeScope();
                var batch = tensor(rows);
                using var value = _loss.Call(_seen.Labels.index_select(0, batch), Embed(_seen.Points.index_select(0, batch)), _group);
                optimizer.zero_grad();
                value.backward();
                _group.SumGradients(_network.parameters());
                optimizer.step();
            }
        }
    }

    public double Score()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return RetrievalMetrics.LeaveOneOut(_unseen.Labels, Embed(_unseen.Points)).MeanAveragePrecisionAtR;
    }

    public double DifferenceFrom(Training other)
    {
        using var scope = NewDisposeScope();
        return _network.parameters().Zip(other._network.parameters(), (mine, its) => (double)(mine - its).abs().max().item<float>()).Max();
    }

    public void Dispose() => _network.Dispose();

    private Tensor Embed(Tensor points) => functional.normalize(_network.call(points), p: 2, dim: 1);
}
