using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(TripletLoss.Tests.Conventions.LongestFirst))]

namespace TripletLoss.Tests.Conventions;

/// <summary>Begins with the stress test, which takes minutes, so that the others run beside it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => collection.TestCollectionDisplayName.Contains("StressTests", StringComparison.Ordinal))];
}
