namespace TripletLoss.Tests;

/// <summary>Tests that run while no other does, since they look at the memory of the process, or change its defaults or its random numbers.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
