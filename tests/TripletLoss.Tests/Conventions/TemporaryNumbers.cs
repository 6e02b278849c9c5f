using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests.Conventions;

/// <summary>
/// Numbers and random generators that the garbage collector may take away while libtorch reads them: TorchSharp passes the handle of a <see cref="Scalar"/> or a <see cref="Generator"/> and does not
/// keep the object alive.
/// </summary>
internal static class TemporaryNumbers
{
    /// <summary>What makes one that its caller does not see, by TorchSharp's own code.</summary>
    private static readonly HashSet<string> HiddenNumbers = Hidden();

    /// <summary>Where an assembly's code hands one over, or lets TorchSharp do so.</summary>
    public static IEnumerable<string> In(Assembly assembly)
    {
        foreach (var (caller, called) in new MethodCalls(assembly).Callers)
        {
            // A number made to be kept for ever, or disposed after the call, may be made; the compiler disposes a using within the method.
            var mayMake = caller.StartsWith("Numbers..cctor", StringComparison.Ordinal) || called.Any(IsDispose) || caller.Contains("..cctor(", StringComparison.Ordinal);
            foreach (var call in called.Where(call => IsConversion(call) || HiddenNumbers.Contains(Plain(call)) || (IsMaking(call) && !(mayMake && IsStored(call)))))
                yield return $"{caller} calls {call}";
        }
    }

    private static bool IsMaking(string call) => IsGenerator(call) || (call.Contains(".ToScalar(", StringComparison.Ordinal) && Plain(call).EndsWith("-> Scalar", StringComparison.Ordinal));

    private static bool IsGenerator(string call) => call.StartsWith("torch.Generator.get_Default(", StringComparison.Ordinal) || call.StartsWith("torch.Generator..ctor(UInt64,", StringComparison.Ordinal);

    private static bool IsStored(string call) => call.EndsWith(MethodCalls.StoredResult, StringComparison.Ordinal);

    private static string Plain(string call) => IsStored(call) ? call[..^MethodCalls.StoredResult.Length] : call;

    private static bool IsConversion(string call) => call.StartsWith("Scalar.op_Implicit(", StringComparison.Ordinal);

    private static bool IsDispose(string call) => call.EndsWith(".Dispose() -> Void", StringComparison.Ordinal);

    private static HashSet<string> Hidden()
    {
        var methods = new MethodCalls(typeof(Tensor).Assembly).Callers
            .Where(method => !method.Caller.StartsWith("Scalar", StringComparison.Ordinal) && !method.Caller.StartsWith("torch.Generator.", StringComparison.Ordinal)).ToList();
        var hidden = new HashSet<string>();
        for (var before = -1; hidden.Count > before;)
        {
            before = hidden.Count;
            hidden.UnionWith(methods.Where(method => method.Called.Any(call => IsConversion(call) || IsMaking(call) || hidden.Contains(Plain(call)))).Select(method => method.Caller));
        }

        return hidden;
    }
}
