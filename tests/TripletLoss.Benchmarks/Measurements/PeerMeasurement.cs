namespace TripletLoss.Benchmarks;

/// <summary>A peer's algorithm, this library and one product in turn; first of all, do the two losses agree?</summary>
internal sealed class PeerMeasurement(PeerPlan plan, TimeBudget budget) : IMeasurement
{
    public string Title => $"peer: {plan.Peer.Name}, {plan.Workload.Description}";

    public void Run(Findings findings)
    {
        Agreement.Check(plan.Peer, plan.Workload);
        using var product = new ProductSubject(plan.Workload);
        using var ourLoss = SubjectCatalogue.Open(Algorithm.OursName, plan.Workload);
        using var peerLoss = new LossSubject(plan.Peer, plan.Workload);
        var (yardstick, ours, peer) = (new Contender(product), new Contender(ourLoss), new Contender(peerLoss));
        Contest.Run([yardstick, ours, peer], budget);
        double unit = yardstick.Spread.Median;
        double timesFaster = peer.Spread.Median / ours.Spread.Median;
        findings.Peers.Add(new(plan, peer.Spread.Over(unit), ours.Spread.Over(unit), timesFaster));
        findings.Judge(plan.Target, timesFaster, plan.Workload.Description);
    }
}
