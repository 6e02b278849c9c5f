using static TorchSharp.torch;

namespace TripletLoss.Ranks;

/// <summary>Losses and training over the ranks against what this process gets with all samples.</summary>
internal static class GlobalLosses
{
    private static readonly Distance[] Distances =
        [Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine, Distance.Create((x, y) => (x.unsqueeze(1) - y.unsqueeze(0)).abs().sum(2))];

    private static readonly LossReduction[] Reductions = [LossReduction.SumOverBatchSize, LossReduction.Sum, LossReduction.MeanWithSampleWeight];

    public static void Run(IProcessGroup group, int cases)
    {
        for (int seed = 0; seed < cases; seed++)
        {
            using var scope = NewDisposeScope();
            var random = new Random(seed);
            var (loss, type) = (Loss(random, seed), seed % 3 == 0 ? float64 : float32);
            int[] borders = [0, .. Enumerable.Range(1, group.Size - 1).Select(_ => random.Next(61)).Order(), 60];
            var (first, count) = (borders[group.Rank], borders[group.Rank + 1] - borders[group.Rank]);
            var labels = tensor([.. Enumerable.Range(0, 60).Select(_ => (long)random.Next(12))]);
            var points = Points(random, 60, 7).to_type(type).requires_grad_();
            var weights = seed % 2 == 0 ? null : Points(random, 60, 1).reshape(60).abs();
            var own = points.detach().narrow(0, first, count).requires_grad_();
            var (alone, together) = (loss.Call(labels, points, weights), loss.Call(labels.narrow(0, first, count), own, group, weights?.narrow(0, first, count)));
            alone.backward();
            together.backward();
            double[] gradient = Numbers(points.grad!);
            Require(Numbers(together), Numbers(alone), 1e-6, seed);
            Require(own.grad is null ? [] : Numbers(own.grad), gradient[(first * 7)..((first + count) * 7)], 1e-5 * gradient.Max(Math.Abs), seed);
        }
    }

    public static void Train(IProcessGroup group)
    {
        var (alone, shared) = (Network(), Network());
        var (one, other) = (optim.SGD(alone.parameters(), 0.05), optim.SGD(shared.parameters(), 0.05));
        var loss = new TripletSemiHardLoss(0.3);
        for (int step = 0; step < 50; step++)
        {
            using var scope = NewDisposeScope();
            var random = new Random(step);
            var (labels, inputs) = (tensor([.. Enumerable.Range(0, 24).Select(row => row / 4L)]), Points(random, 24, 5));
            var (first, count) = (24 * group.Rank / group.Size, (24 * (group.Rank + 1) / group.Size) - (24 * group.Rank / group.Size));
            one.zero_grad();
            loss.Call(labels, alone.call(inputs)).backward();
            one.step();
            other.zero_grad();
            loss.Call(labels.narrow(0, first, count), shared.call(inputs.narrow(0, first, count)), group).backward();
            group.SumGradients(shared.parameters());
            other.step();
        }
        foreach (var (mine, expected) in shared.parameters().Zip(alone.parameters()))
            Require(Numbers(mine), Numbers(expected), 1e-5, 0);
    }

    private static Loss Loss(Random random, int seed)
    {
        var (distance, reduction) = (Distances[seed % 4], Reductions[random.Next(3)]);
        return random.Next(3) switch
        {
            0 => new TripletSemiHardLoss(0.5, distance, reduction),
            1 => new TripletHardLoss(0.5, seed % 2 == 0, distance, reduction),
            _ => new TripletBatchAllLoss(0.5, seed % 2 == 0, distance, reduction),
        };
    }

    private static nn.Module<Tensor, Tensor> Network()
    {
        var network = nn.Sequential(("first", nn.Linear(5, 8)), ("bend", nn.Tanh()), ("second", nn.Linear(8, 4)));
        using var noGradient = no_grad();
        int seed = 0;
        foreach (var parameter in network.parameters())
            parameter.copy_(Points(new Random(seed++), (int)parameter.numel(), 1).reshape(parameter.shape));
        return network;
    }

    private static Tensor Points(Random random, int rows, int columns) =>
        tensor([.. Enumerable.Range(0, rows * columns).Select(_ => (float)(random.NextDouble() - 0.5))], float32).reshape(rows, columns);

    private static double[] Numbers(Tensor values) => values.numel() == 0 ? [] : values.detach().to_type(float64).contiguous().data<double>().ToArray();

    private static void Require(double[] found, double[] expected, double tolerance, int seed)
    {
        // Not "greater than": NaN must not pass.
        if (found.Length != expected.Length || !found.Zip(expected, (one, other) => Math.Abs(one - other)).All(difference => difference <= tolerance))
            throw new InvalidOperationException($"case {seed}: expected {string.Join(' ', expected.Take(8))}, found {string.Join(' ', found.Take(8))}");
    }
}
