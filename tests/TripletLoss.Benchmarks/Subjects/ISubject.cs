namespace TripletLoss.Benchmarks;

/// <summary>Something that is measured, with its input ready.</summary>
internal interface ISubject : IDisposable
{
    /// <summary>The bytes of the gradient that one step leaves for the caller; they are not counted as its memory.</summary>
    long ResultBytes { get; }

    /// <summary>Does it once, and lets go of everything it made.</summary>
    void Step();
}
