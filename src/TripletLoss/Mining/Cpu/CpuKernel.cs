using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The SIMD kernel for TorchSharp tensors: float32 on a CPU, for the distances of the catalogue.</summary>
internal static class CpuKernel
{
    private const long MostPoints = 12_000_000;

    /// <summary>As <see cref="MiningKernel.Run"/>; null if this kernel does not take the batch.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="way">How to walk through the batch; null: the fastest way.</param>
    /// <param name="lanes">4, 8 or 16 numbers a vector; null: as many as the processor has.</param>
    public static LossPart? TryRun(MiningRequest request, MiningWay? way = null, int? lanes = null)
    {
        var problem = request.Problem;
        // With nothing to mine, the tensor kernel still looks for what is not finite.
        if (!Takes(problem, request.Distance) || problem.AnchorCount == 0 || problem.ReferenceCount == 0)
            return null;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var toFill = request.Kept is { Distances: null } ? request.Kept : null;
        var call = new CpuCall(request, way, lanes, scale: 1);
        var answer = call.Run();
        if (answer == KernelAnswer.OutOfRange)
        {
            call = new CpuCall(request, way, lanes, call.ScaleIntoRange());
            answer = call.Run();
        }

        toFill?.Distances?.MoveToOuterDisposeScope();
        return call.Part(isFinite: answer == KernelAnswer.Done).MoveToOuterDisposeScope();
    }

    private static bool Takes(MiningProblem problem, Distance distance) =>
        problem.Embeddings.dtype == float32
        && problem.Embeddings.device_type == TorchSharp.DeviceType.CPU
        && distance.CustomMatrix is null
        && Fits(problem.Embeddings) && (problem.References is null || Fits(problem.References));

    // Bytes and tiles are counted in 32 bits.
    private static bool Fits(Tensor points) => points.numel() <= int.MaxValue / sizeof(float) && points.size(0) <= MostPoints;
}
