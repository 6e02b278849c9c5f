using static TorchSharp.torch;

namespace TripletLoss.Stress;

/// <summary>Tensors for all subjects, made once: no call here may make a number that dies.</summary>
internal static class Batches
{
    public const int Size = 10;

    private static readonly Random Random = new(1);

    public static Tensor Labels { get; } = tensor(new long[] { 0, 0, 0, 1, 1, 2, 2, 3, 3, 4 });

    public static Tensor ReferenceLabels { get; } = tensor(new long[] { 0, 0, 1, 1, 2, 2, 3, 3 });

    public static Tensor OwnCopies { get; } = tensor(new long[] { 0, -1, 1, 2, -1, 4, 5, 6, -1, -1 });

    public static Tensor ScalarWeight { get; } = tensor(0.5f);

    public static Tensor Weights { get; } = tensor(new float[] { 1, 0, 2, 0.5f, 1, 1, 3, 1, 0.25f, 1 });

    public static Tensor Triplets { get; } = tensor(new long[,] { { 0, 1, 3 }, { 3, 4, 9 }, { 5, 6, 0 } });

    public static Tensor Points(ScalarType type) => OfType[type];

    public static Tensor References(ScalarType type) => ReferencesOfType[type];

    public static ScalarType[] Types { get; } = [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];

    private static Dictionary<ScalarType, Tensor> OfType { get; } = Types.ToDictionary(type => type, type => Normal(Size).to_type(type));

    private static Dictionary<ScalarType, Tensor> ReferencesOfType { get; } = Types.ToDictionary(type => type, type => Normal(8).to_type(type));

    private static Tensor Normal(int rows) => tensor(Enumerable.Range(0, rows * 4).Select(_ => (float)((Random.NextDouble() * 2) - 1)).ToArray()).reshape(rows, 4);
}
