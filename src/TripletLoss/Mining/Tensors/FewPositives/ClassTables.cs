using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>For each anchor the references of its own class, as rows of equal length in ascending order of their index.</summary>
/// <remarks>What is missing in a row is the number of the references N: one past the last.</remarks>
internal sealed class ClassTables
{
    private readonly Tensor _order;
    private readonly Tensor _first;
    private readonly Tensor _end;
    private readonly Tensor? _ownPlaces;
    private readonly long _referenceCount;

    /// <summary>Sorts the labels; nothing waits for the device.</summary>
    public ClassTables(MiningProblem problem)
    {
        _referenceCount = problem.ReferenceCount;
        var (sorted, order) = (problem.ReferenceLabels ?? problem.Labels).sort(0, stable: true);
        _order = order;
        var labels = problem.Labels.contiguous();
        (_first, _end) = (searchsorted(sorted, labels), searchsorted(sorted, labels, right: true));
        Counts = _end - _first;
        var copies = problem.References is null ? Numbers.Range(problem.AnchorCount, order.device) : problem.SelfIndices;
        if (copies is null)
        {
            PositiveCounts = Counts;
            return;
        }
        var places = empty_like(order).scatter_(0, order, Numbers.Range(_referenceCount, order.device));
        var isThere = copies.ge(Numbers.WholeZero);
        _ownPlaces = places.index_select(0, copies.clamp_min(Numbers.WholeZero)).masked_fill(~isThere, Numbers.MostWhole);
        PositiveCounts = Counts - isThere.to_type(int64);
    }

    /// <summary>[A]: how many references have each anchor's label, its own copy included.</summary>
    public Tensor Counts { get; }

    /// <summary>[A]: how many positives each anchor has.</summary>
    public Tensor PositiveCounts { get; }

    /// <summary>[count, width + 1]: all references of their label, from one anchor on; N in the last column.</summary>
    public Tensor Own(long first, long count, long width) => Row(first, count, width + 1, null);

    /// <summary>[count, width]: their positives.</summary>
    public Tensor Positives(long first, long count, long width) => Row(first, count, width, _ownPlaces);

    private Tensor Row(long first, long count, long width, Tensor? without)
    {
        var places = _first.narrow(0, first, count).unsqueeze(1).add(Numbers.Range(width, _order.device), Numbers.WholeOne);
        if (without is not null)
            places = places.add(places.ge(without.narrow(0, first, count).unsqueeze(1)).to_type(int64), Numbers.WholeOne);
        var isBeyond = places.ge(_end.narrow(0, first, count).unsqueeze(1));
        using var none = _referenceCount.ToScalar();
        return _order.index_select(0, places.masked_fill(isBeyond, Numbers.WholeZero).flatten()).view(places.shape).masked_fill(isBeyond, none);
    }
}
