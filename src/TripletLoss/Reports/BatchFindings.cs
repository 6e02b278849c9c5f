using static TripletLoss.ReportTable;

namespace TripletLoss;

/// <summary>What is wrong with the batch itself, whatever the embeddings.</summary>
internal static class BatchFindings
{
    /// <summary>Findings beside which nothing else counts; none in a batch that can be learnt from.</summary>
    public static IEnumerable<TripletFinding> Fatal(TripletReport report)
    {
        if (report.Anchors == 0)
        {
            yield return new(TripletFindingKind.EmptyBatch, "the batch is empty, and its loss is 0.");
            yield break;
        }
        if (report.NonFiniteEmbeddings > 0)
        {
            yield return new(
                TripletFindingKind.NonFiniteEmbeddings,
                $"{report.NonFiniteEmbeddings} embeddings have a NaN or an infinity, and so have loss and gradient. Look for a division by 0 or an overflow in the network " +
                "(normalising a zero vector, half precision), for NaN in the inputs, or take a smaller learning rate; do not step on this batch.");
            yield break;
        }
        if (report.AnchorsWithoutPositive == report.Anchors)
        {
            yield return new(
                TripletFindingKind.NoPositives,
                $"no anchor has another sample of its label, so there is nothing to pull together. {DrawClasses}");
        }
        if (report.AnchorsWithoutNegative == report.Anchors)
        {
            yield return new(
                TripletFindingKind.NoNegatives,
                $"no anchor has a sample of another label, so there is nothing to push away, and the loss is 0. {DrawClasses}");
        }
    }

    /// <summary>A batch with too little in it.</summary>
    public static IEnumerable<TripletFinding> Weak(TripletReport report)
    {
        if (report.AnchorsWithoutPositive * 2 > report.Anchors)
        {
            yield return new(
                TripletFindingKind.FewPositives,
                $"{Part(report.AnchorsWithoutPositive, report.Anchors)} anchors have no other sample of their label. {DrawClasses}");
        }
    }

    private const string DrawClasses = "Draw batches of several classes with several samples each: ClassBalancedSampler does.";
}
