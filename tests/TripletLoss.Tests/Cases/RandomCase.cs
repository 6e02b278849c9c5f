using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A call of a loss, all of it drawn from one seed.</summary>
internal sealed record RandomCase
{
    private static readonly ScalarType[] LabelTypes =
        [ScalarType.Int64, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte];

    private RandomCase(long seed) => Seed = seed;

    public long Seed { get; }

    public required LossUnderTest Loss { get; init; }

    public required PointCloud Cloud { get; init; }

    public required ScalarType Type { get; init; }

    public required CasePoints Points { get; init; }

    public required CaseReferences? References { get; init; }

    public required ScalarType LabelType { get; init; }

    public required bool LabelsAreColumn { get; init; }

    public required TensorLayout Layout { get; init; }

    public required LossReduction Reduction { get; init; }

    public required CaseWeights Weights { get; init; }

    /// <summary>Whether a kernel has to find the oracle's own choice, ties included.</summary>
    public bool IsExact => Cloud.IsGrid() && Loss.Distance.Name is not ("angular" or "naive-root");

    /// <summary>Whether an embedding is not finite, so that everything has to be NaN.</summary>
    public bool IsSpoilt { get; private init; }

    /// <param name="seed">Repeats the case.</param>
    /// <param name="kind">The loss; null: any.</param>
    /// <param name="distance">The distance; null: any.</param>
    /// <param name="largest">The largest batch.</param>
    public static RandomCase Of(long seed, string? kind = null, OracleDistance? distance = null, int largest = 70)
    {
        // Neighbouring seeds of Random resemble each other; these are spread first, and the same in every process.
        var random = new Random((int)((ulong)seed * 0x9E3779B97F4A7C15UL >> 32));
        var cloud = Any(random, Enum.GetValues<PointCloud>());
        var loss = new LossUnderTest(
            kind ?? Any(random, LossUnderTest.Kinds), Any(random, [0.0, 0.5, 1.0, 2.0, 0.25]), distance ?? Any(random, [.. DistancesUnderTest.Oracles]));
        var type = TypeFor(random, cloud, loss.Distance);
        int batch = random.Next(4) == 0 ? random.Next(4) : random.Next(largest + 1);
        int dim = random.Next(3) > 0 ? random.Next(1, 7) : random.Next(12) > 0 ? random.Next(1, 41) : random.Next(1, 401);
        var labelType = Any(random, LabelTypes);
        long first = LabelPatterns.First(random, labelType);
        var points = CasePoints.Draw(random, cloud, batch, dim);
        var drawn = new RandomCase(seed)
        {
            Loss = loss,
            Cloud = cloud,
            Type = type,
            Points = points.Numbered(first),
            References = random.Next(3) == 0 ? CaseReferences.Draw(random, cloud, points, largest).Numbered(first) : null,
            LabelType = labelType,
            LabelsAreColumn = random.Next(4) == 0,
            Layout = Any(random, Enum.GetValues<TensorLayout>()),
            Reduction = Any(random, Enum.GetValues<LossReduction>()),
            Weights = CaseWeights.Draw(random, batch),
        };
        return batch > 0 && random.Next(40) == 0 ? drawn.Spoil(random) : drawn;
    }

    public override string ToString() =>
        $"seed {Seed}: {Loss.Kind} margin {Loss.Margin} {Loss.Distance.Name}, {Cloud} [{Points.Labels.Length}, {Points.Dim}] {Type} {Layout}, " +
        $"labels {LabelType}, {Reduction}, weights {Weights.Kind}" +
        (IsSpoilt ? ", not finite" : "") + (References is null ? "" : $", {References.Points.Labels.Length} references, copies {References.OwnCopies is not null}");

    private RandomCase Spoil(Random random) => References is { Points.Values.Length: > 0 } references && random.Next(2) == 0
        ? this with { References = references with { Points = references.Points.Spoilt(random) }, IsSpoilt = true }
        : this with { Points = Points.Spoilt(random), IsSpoilt = true };

    private static T Any<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    // Half types hold neither very small nor very large numbers, and a user's own squares vanish in float32.
    private static ScalarType TypeFor(Random random, PointCloud cloud, OracleDistance distance) => cloud switch
    {
        PointCloud.Vanishing when distance.Name == "naive-root" => ScalarType.Float64,
        PointCloud.Tiny or PointCloud.Huge or PointCloud.Vanishing or PointCloud.Enormous or PointCloud.LogNormal =>
            Any(random, [ScalarType.Float32, ScalarType.Float64]),
        _ => Any(random, [ScalarType.Float32, ScalarType.Float32, ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16]),
    };
}
