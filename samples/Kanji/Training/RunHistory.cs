using TripletLoss;

namespace Kanji;

/// <summary>What was known of a run when.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Checkpoints">In the order of the batches.</param>
/// <param name="Warnings">What the reports found, each kind when it was first found.</param>
internal sealed record RunHistory(int Seed, string Recipe, List<Checkpoint> Checkpoints, List<Warning> Warnings)
{
    /// <summary>Adds findings of kinds that were not known, and gives them back.</summary>
    public IReadOnlyList<Warning> AddNew(int batch, IEnumerable<TripletFinding> findings)
    {
        var added = findings.Where(finding => !Warnings.Exists(known => known.Finding.Kind == finding.Kind)).Select(finding => new Warning(Seed, batch, finding)).ToList();
        Warnings.AddRange(added);
        return added;
    }
}
