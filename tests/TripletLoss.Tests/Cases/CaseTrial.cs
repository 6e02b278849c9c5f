namespace TripletLoss.Tests;

/// <summary>A case with its tensors, and with what the oracle says of it, once for each tolerance. Make it inside a dispose scope.</summary>
internal sealed class CaseTrial(RandomCase @case)
{
    private readonly Dictionary<CaseTolerance, CaseCheck> _checks = [];

    public RandomCase Case => @case;

    public CaseTensors Tensors { get; } = new(@case);

    /// <summary>The gradient that reaches each value.</summary>
    public double[] Upstream { get; } = CaseRun.Upstream(@case);

    public CaseCheck Check(CaseTolerance tolerance)
    {
        if (!_checks.TryGetValue(tolerance, out var check))
            _checks[tolerance] = check = new CaseCheck(@case, Tensors.ForOracle(), tolerance, Upstream);
        return check;
    }
}
