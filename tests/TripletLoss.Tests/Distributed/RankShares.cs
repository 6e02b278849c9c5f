using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A random call whose samples are dealt to ranks, unevenly and to some none.</summary>
internal sealed record RankShares(RandomCase Case, int[] Counts)
{
    private static readonly OracleDistance[] Distances =
        [OracleDistance.SquaredEuclidean, OracleDistance.Euclidean, OracleDistance.Cosine, new ManhattanOracle()];

    public static RankShares Of(long seed, int ranks, string? kind = null)
    {
        var @case = RandomCase.Of(seed, kind, Distances[seed % Distances.Length]);
        // What is not finite may stand among references that have no part here.
        if (@case is { IsSpoilt: true, References: not null })
            return Of(seed + 1_000_000, ranks, kind);
        @case = @case with { References = null };
        if (@case.Reduction == LossReduction.None)
            @case = @case with { Reduction = LossReduction.SumOverBatchSize };
        var random = new Random((int)seed);
        int[] borders = [0, .. Enumerable.Range(1, ranks - 1).Select(_ => random.Next(@case.Points.Labels.Length + 1)).Order(), @case.Points.Labels.Length];
        return new(@case, [.. borders.Skip(1).Zip(borders, (end, start) => end - start)]);
    }

    /// <summary>What the loss gives on every rank, put together: the values of all, and the gradients one below the other.</summary>
    /// <param name="share">As for <see cref="GlobalBatch.Evaluate"/>.</param>
    /// <param name="wrap">Makes another group of each rank's.</param>
    public CaseResult Run(bool? share = null, Func<IProcessGroup, IProcessGroup>? wrap = null)
    {
        var results = new CaseResult[Counts.Length];
        ThreadGroup.Run(Counts.Length, group => results[group.Rank] = Call(wrap?.Invoke(group) ?? group, share));
        return new CaseResult(
            [.. results.SelectMany(result => result.Values)], [.. results.SelectMany(result => result.AnchorGradient!)], null, WeightGradient(results));
    }

    private CaseResult Call(IProcessGroup group, bool? share)
    {
        using var scope = NewDisposeScope();
        var all = new CaseTensors(Case);
        var (first, count) = (Counts.Take(group.Rank).Sum(), Counts[group.Rank]);
        var embeddings = Own(all.Embeddings)!;
        var weights = Case.Weights.Kind == WeightKind.Scalar ? all.Weights : Own(all.Weights);
        var arguments = new BatchArguments(all.Labels.narrow(0, first, count), embeddings, null, weights);
        var value = new GlobalBatch(Case.Loss.Create(Case.Reduction), arguments, group).Evaluate(share: share);
        value.backward([TensorNumbers.ToTensor(CaseRun.Upstream(Case), 1).to_type(value.dtype).squeeze(0)]);
        return new CaseResult(
            TensorNumbers.Of(value), TensorNumbers.GradientOf(embeddings), null, weights is { requires_grad: true } ? TensorNumbers.GradientOf(weights) : null);

        Tensor? Own(Tensor? rows) => rows?.detach().narrow(0, first, count).requires_grad_(rows.requires_grad);
    }

    // Of one number that all share, each rank has its part.
    private double[]? WeightGradient(CaseResult[] results) => results[0].WeightGradient is null
        ? null
        : Case.Weights.Kind == WeightKind.Scalar
            ? [results.Sum(result => result.WeightGradient![0])]
            : [.. results.SelectMany(result => result.WeightGradient!)];
}
