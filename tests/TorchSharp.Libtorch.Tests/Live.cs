using TorchSharp;

namespace TorchSharpLibtorch.Tests;

/// <summary>The live tensors of this thread. Unlike those of the process, no finaliser changes their number.</summary>
internal static class Live
{
    internal static long Count => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
