namespace TripletLoss.Benchmarks;

/// <summary>One thing to measure; it leaves what it found in the findings.</summary>
internal interface IMeasurement
{
    /// <summary>What the progress shows.</summary>
    string Title { get; }

    /// <summary>Measures.</summary>
    void Run(Findings findings);
}
