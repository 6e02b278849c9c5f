using TripletLoss;

namespace Kanji;

/// <summary>Writes a line for each kind of warning, whichever seed had it first, and nothing else.</summary>
internal sealed class WarningLines(Action<Warning> write) : IRunProgress
{
    private readonly HashSet<TripletFindingKind> _known = [];

    public void Trained(int batch, double loss)
    {
    }

    public void Looked(Checkpoint checkpoint)
    {
    }

    public void Warned(Warning warning)
    {
        if (_known.Add(warning.Finding.Kind)) write(warning);
    }
}
