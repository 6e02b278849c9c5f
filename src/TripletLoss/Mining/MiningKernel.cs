namespace TripletLoss;

/// <summary>The seam behind which the two kernels stand: <see cref="CpuKernel"/> where it can, <see cref="TensorKernel"/> everywhere else.</summary>
internal static class MiningKernel
{
    /// <summary>Chooses, and computes the sums and, where asked, their gradient in the same pass. The result belongs to the caller's dispose scope.</summary>
    public static LossPart Run(MiningRequest request) => CpuKernel.TryRun(request) ?? TensorKernel.Run(request);
}
