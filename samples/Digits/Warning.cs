using TripletLoss;

namespace Digits;

/// <summary>Something that a batch's report found wrong.</summary>
internal sealed record Warning(int Seed, int Batch, TripletFinding Finding)
{
    public override string ToString() => $"seed {Seed}, batch {Batch}: {Finding.Kind}: {Finding.Text}";
}
