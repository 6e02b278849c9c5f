namespace TripletLoss.Benchmarks;

/// <summary>What a run measures, in order.</summary>
internal static class Plan
{
    /// <summary>All of it, or with <paramref name="quick"/> what takes less than two minutes.</summary>
    public static IReadOnlyList<IMeasurement> Of(bool quick)
    {
        var budget = quick ? TimeBudget.Quick : TimeBudget.Full;
        return
        [
            .. (quick ? LossPlan.Quick : LossPlan.Full).Select(plan => new LossMeasurement(plan, budget)),
            .. (quick ? PeerPlan.Quick : PeerPlan.Full).Select(plan => new PeerMeasurement(plan, budget)),
            .. RivalMeasurement.ReadyTriplets(budget),
            .. RivalMeasurement.Variants(budget),
            .. RivalMeasurement.Retrieval(budget),
            .. MemoryPlans(quick).Select(plan => new MemoryMeasurement(plan)),
            .. ColdStartMeasurement.All(processes: quick ? 1 : 5),
            .. BusyMachineMeasurement.All,
            .. AheadOfTimeMeasurement.All(processes: quick ? 1 : 5),
            new MicroMeasurement(quick),
        ];
    }

    private static IEnumerable<MemoryPlan> MemoryPlans(bool quick) =>
        !ResidentSet.IsKnown ? [] : quick ? MemoryPlan.Quick : MemoryPlan.Full;
}
