namespace TripletLoss.Benchmarks;

/// <summary>Loss and gradient beside one product of the same embeddings.</summary>
internal sealed class LossMeasurement(LossPlan plan, TimeBudget budget) : IMeasurement
{
    public string Title => $"loss and gradient: {plan.Workload.Description}";

    public void Run(Findings findings)
    {
        var workload = plan.Workload;
        double foreseen = Foresight.SecondsOfStep(Algorithm.OursName, workload);
        if (foreseen > budget.LongestStep)
        {
            findings.Losses.Add(LossFinding.NotRun(plan, foreseen));
            findings.Judge(plan.Target, double.PositiveInfinity, workload.Description);
            return;
        }
        using var product = new ProductSubject(workload);
        using var loss = SubjectCatalogue.Open(Algorithm.OursName, workload);
        var (theirs, ours) = (new Contender(product), new Contender(loss));
        Contest.Run([theirs, ours], budget);
        var ratio = ours.Spread.Over(theirs.Spread.Median);
        findings.Losses.Add(new(plan, theirs.Spread, ratio, ours.AllocatedBytes, null));
        findings.Judge(plan.Target, ratio.Median, workload.Description);
    }
}
