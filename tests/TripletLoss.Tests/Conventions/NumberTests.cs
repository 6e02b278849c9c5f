using System.Reflection;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests.Conventions;

/// <summary>
/// No number that the garbage collector may take away reaches libtorch: TorchSharp passes the handle of a <see cref="Scalar"/> and does not keep the object alive.
/// </summary>
public class NumberTests
{
    /// <summary>What makes a <see cref="Scalar"/> that its caller does not see, by TorchSharp's own code.</summary>
    private static readonly HashSet<string> HiddenNumbers = Hidden();

    [Fact]
    public void The_library_hands_no_temporary_number_to_libtorch() => string.Join('\n', Violations(typeof(Loss).Assembly)).Should().BeEmpty();

    [Fact]
    public void Every_kind_of_violation_is_found() =>
        Violations(typeof(NumberTests).Assembly).Where(violation => violation.StartsWith(nameof(BadNumbers), StringComparison.Ordinal))
            .Select(violation => Regex.Match(violation, @"^BadNumbers\.(?:<>c\.)?<?(\w+)").Groups[1].Value).Distinct()
            .Should().BeEquivalentTo(typeof(BadNumbers).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Select(method => method.Name));

    private static IEnumerable<string> Violations(Assembly assembly)
    {
        foreach (var (caller, called) in new MethodCalls(assembly).Callers)
        {
            // A number made to be kept for ever, or disposed after the call, may be made; the compiler disposes a using within the method.
            var mayMake = caller.StartsWith("Numbers..cctor", StringComparison.Ordinal) || called.Any(IsDispose) || caller.Contains("..cctor(", StringComparison.Ordinal);
            foreach (var call in called.Where(call => IsConversion(call) || HiddenNumbers.Contains(Plain(call)) || (IsMaking(call) && !(mayMake && IsStored(call)))))
                yield return $"{caller} calls {call}";
        }
    }

    private static bool IsMaking(string call) => call.Contains(".ToScalar(", StringComparison.Ordinal) && Plain(call).EndsWith("-> Scalar", StringComparison.Ordinal);

    private static bool IsStored(string call) => call.EndsWith(MethodCalls.StoredResult, StringComparison.Ordinal);

    private static string Plain(string call) => IsStored(call) ? call[..^MethodCalls.StoredResult.Length] : call;

    private static bool IsConversion(string call) => call.StartsWith("Scalar.op_Implicit(", StringComparison.Ordinal);

    private static bool IsDispose(string call) => call.EndsWith(".Dispose() -> Void", StringComparison.Ordinal);

    private static HashSet<string> Hidden()
    {
        var methods = new MethodCalls(typeof(Tensor).Assembly).Callers.Where(method => !method.Caller.StartsWith("Scalar", StringComparison.Ordinal)).ToList();
        var hidden = new HashSet<string>();
        for (var before = -1; hidden.Count > before;)
        {
            before = hidden.Count;
            hidden.UnionWith(methods.Where(method => method.Called.Any(call => IsConversion(call) || IsMaking(call) || hidden.Contains(Plain(call)))).Select(method => method.Caller));
        }

        return hidden;
    }
}
