using static TripletLoss.ReportTable;

namespace TripletLoss;

/// <summary>What is wrong with the embeddings of a batch that has positives and negatives.</summary>
internal static class EmbeddingFindings
{
    // Distances below this share of the margin leave the loss standing at the margin.
    private const double NearZero = 0.05;

    // Below this share of anchors with a loss a batch teaches next to nothing. Few active triplets alone are no sign: most triplets are easy.
    private const double FewActive = 0.01;

    private const double UnitTolerance = 0.01;

    /// <summary>All findings; lengths are only mentioned where nothing else is wrong.</summary>
    public static IEnumerable<TripletFinding> Of(TripletReport report)
    {
        TripletFinding?[] findings = [UnreachableMargin(report), Collapsed(report) ?? AllSatisfied(report)];
        var found = findings.OfType<TripletFinding>().ToArray();
        return found.Length > 0 || NotUnitLength(report) is not { } lengths ? found : [lengths];
    }

    private static TripletFinding? UnreachableMargin(TripletReport report) =>
        LargestOfUnitVectors(report) is not { } largest || report.Margin is not { } margin || margin < largest
            ? null
            : new(
                TripletFindingKind.UnreachableMargin,
                $"unit vectors are at most {Number(largest)} apart by {report.Distance}, so a margin of {Number(margin)} can never be satisfied, and the loss can never be 0. Take a " +
                $"smaller margin: {Number(largest / 20)} to {Number(largest / 4)} is usual.");

    private static TripletFinding? Collapsed(TripletReport report)
    {
        if (report.PositiveDistances is not { } positives || report.NegativeDistances is not { } negatives)
            return null;
        // A softplus has no margin; it is of the order of 1 instead.
        var scale = Math.Min(report.Margin ?? 1, LargestOfUnitVectors(report) ?? double.PositiveInfinity);
        // Chosen negatives may be near although the batch is spread out: where classes are many, or lie in pairs.
        var farthest = Math.Max(Math.Max(positives.Percentile95, negatives.Percentile95), report.DistancesFromCentre?.Percentile95 ?? 0);
        return farthest > NearZero * scale
            ? null
            : new(
                TripletFindingKind.Collapsed,
                $"the embeddings are nearly all the same: 95 % of the distances are at most {Number(farthest)}" +
                (report.Margin is { } margin ? $", next to a margin of {Number(margin)}, where the loss stays" : "") +
                $" ({Number(report.Loss)}). Take a smaller learning rate, " +
                (report.Unit == TripletReportUnit.Anchors ? "start with TripletSemiHardLoss or TripletBatchAllLoss rather than the hard loss, " : "") +
                "and check that the inputs differ and the last layer is not dead.");
    }

    private static TripletFinding? AllSatisfied(TripletReport report)
    {
        // A softplus is never 0, and its gradient neither.
        var isSoft = report.Distance is not null && report.Margin is null;
        return isSoft || report.ActiveAnchors >= FewActive * report.Anchors
            ? null
            : new(
                TripletFindingKind.AllSatisfied,
                $"{Part(report.ActiveAnchors, report.Anchors)} anchors have a loss, so there is hardly anything left to learn. To go on, take a larger margin, " +
                "a larger batch, TripletHardLoss or CrossBatchMemory; otherwise training is done.");
    }

    private static TripletFinding? NotUnitLength(TripletReport report)
    {
        var isLengthSensitive = report.Distance is { CustomMatrix: null, OfUnitVectors: false };
        return !isLengthSensitive || report.Margin is not { } margin || report.Norms is not { } norms || HasUnitLength(report)
            ? null
            : new(
                TripletFindingKind.NotUnitLength,
                $"the embeddings are {Range(Number(norms.Percentile5), Number(norms.Percentile95))} long, and {report.Distance} distances grow with them: the margin of {Number(margin)} can be " +
                "satisfied by longer vectors alone. Bring them to unit length (nn.functional.normalize), or take Distance.Cosine, unless this is intended.");
    }

    private static string Range(string least, string most) => least == most ? least : $"{least} to {most}";

    // The largest distance of the catalogue's between unit vectors; null where the vectors may be longer or the distance is custom.
    private static double? LargestOfUnitVectors(TripletReport report)
    {
        if (report.Distance is not { CustomMatrix: null } distance)
            return null;
        if (distance.OfUnitVectors)
            return 2;
        return !HasUnitLength(report) ? null : distance == Distance.SquaredEuclidean ? 4 : 2;
    }

    private static bool HasUnitLength(TripletReport report) =>
        report.Norms is { Percentile5: > 1 - UnitTolerance, Percentile95: < 1 + UnitTolerance };
}
