using static TorchSharp.torch;

namespace TripletLoss.Stress;

/// <summary>Tensors for all subjects. Each is a copy that nobody holds, as the output of a network that is passed on at once: what is called must hold it.</summary>
internal static class Batches
{
    public const int Size = 10;

    private static readonly Random Random = new(1);

    private static readonly Tensor KeptLabels = tensor(new long[] { 0, 0, 0, 1, 1, 2, 2, 3, 3, 4 });
    private static readonly Tensor KeptReferenceLabels = tensor(new long[] { 0, 0, 1, 1, 2, 2, 3, 3 });
    private static readonly Tensor KeptOwnCopies = tensor(new long[] { 0, -1, 1, 2, -1, 4, 5, 6, -1, -1 });
    private static readonly Tensor KeptScalarWeight = tensor(0.5f);
    private static readonly Tensor KeptWeights = tensor(new float[] { 1, 0, 2, 0.5f, 1, 1, 3, 1, 0.25f, 1 });
    private static readonly Tensor KeptTriplets = tensor(new long[,] { { 0, 1, 3 }, { 3, 4, 9 }, { 5, 6, 0 } });

    public static Tensor Labels => NotHeld(KeptLabels.clone());

    public static Tensor ReferenceLabels => NotHeld(KeptReferenceLabels.clone());

    public static Tensor OwnCopies => NotHeld(KeptOwnCopies.clone());

    public static Tensor ScalarWeight => NotHeld(KeptScalarWeight.clone());

    public static Tensor Weights => NotHeld(KeptWeights.clone());

    public static Tensor Triplets => NotHeld(KeptTriplets.clone());

    public static Tensor Points(ScalarType type) => NotHeld(OfType[type].clone());

    public static Tensor References(ScalarType type) => NotHeld(ReferencesOfType[type].clone());

    /// <summary>Takes a tensor out of the dispose scope that would hold it.</summary>
    public static Tensor NotHeld(Tensor tensor) => tensor.DetachFromDisposeScope();

    public static ScalarType[] Types { get; } = [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];

    private static Dictionary<ScalarType, Tensor> OfType { get; } = Types.ToDictionary(type => type, type => Normal(Size).to_type(type));

    private static Dictionary<ScalarType, Tensor> ReferencesOfType { get; } = Types.ToDictionary(type => type, type => Normal(8).to_type(type));

    private static Tensor Normal(int rows) => tensor(Enumerable.Range(0, rows * 4).Select(_ => (float)((Random.NextDouble() * 2) - 1)).ToArray()).reshape(rows, 4);
}
