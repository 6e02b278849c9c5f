namespace TripletLoss;

/// <summary>How many terms a batch has, active or not: pairs, anchors or valid triplets.</summary>
internal static unsafe class TermCounts
{
    public static long Of(in SimdProblem problem, ClassIndex classes)
    {
        if (problem.Rule == RuleKind.Hard)
            return classes.AnchorCount;
        if (problem.Rule == RuleKind.SemiHard)
            return classes.PairCount;
        long triplets = 0;
        for (int anchor = 0; anchor < classes.AnchorCount; anchor++)
        {
            long negatives = classes.ReferenceCount - (classes.End[anchor] - classes.Start[anchor]);
            triplets += classes.Positives(anchor) * negatives;
        }

        return triplets;
    }
}
