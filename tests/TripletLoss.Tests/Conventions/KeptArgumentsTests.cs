using System.Reflection;
using static TorchSharp.torch;

namespace TripletLoss.Tests.Conventions;

/// <summary>A tensor that a caller made for the call alone must not be collected while libtorch reads it: this finds public methods that take tensors and keep nothing.</summary>
public class KeptArgumentsTests
{
    // These keep what they were handed for their own reading only.
    private static readonly string[] Readers = [nameof(HostCopy), nameof(HostLabels), nameof(CpuCall), nameof(IdenticalRows), nameof(Describe), nameof(EmbeddingRing)];

    private static readonly Type[] Holders = [typeof(Tensor), typeof(Tensor[]), typeof(ReferenceSet), typeof(IEnumerable<Tensor>), typeof(IReadOnlyDictionary<string, Tensor>)];

    [Fact]
    public void Every_public_method_keeps_the_tensors_it_takes()
    {
        var calls = new MethodCalls(typeof(Loss).Assembly).Callers.GroupBy(method => method.Caller).ToDictionary(group => group.Key, group => group.SelectMany(method => method.Called).ToHashSet());
        var keeping = calls.Where(method => method.Value.Any(call => call.StartsWith("GC.KeepAlive(", StringComparison.Ordinal)) && !Readers.Any(reader => method.Key.StartsWith(reader + ".", StringComparison.Ordinal)))
            .Select(method => method.Key).ToHashSet();
        for (var before = 0; keeping.Count > before;)
        {
            before = keeping.Count;
            keeping.UnionWith(calls.Where(method => method.Value.Any(call => keeping.Contains(call.Replace(MethodCalls.StoredResult, "", StringComparison.Ordinal)))).Select(method => method.Key).ToList());
        }

        var taking = typeof(Loss).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => !method.IsAbstract && method.GetParameters().Any(IsHolder))
                .Select(method => $"{type.Name}.{method.Name}("))
            .ToHashSet();
        taking.Should().HaveCountGreaterThan(10);
        calls.Keys.Where(method => taking.Any(start => method.StartsWith(start, StringComparison.Ordinal)) && !keeping.Contains(method)).Should().BeEmpty();
    }

    private static bool IsHolder(ParameterInfo parameter) => !parameter.IsOut && Holders.Contains(parameter.ParameterType);
}
