using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>One worker's rows: a strip of distances that its rule turns into weights, and room to sort a row.</summary>
internal sealed unsafe class RowWorkspace<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly SimdProblem _problem;
    private readonly ClassIndex _classes;
    private readonly KeptColumns _kept;
    private readonly int* _originals;
    private readonly int _stride;
    private readonly int _worker;
    private readonly SortedRow _sorted;
    private readonly NegativeBuckets<TWidth, TVector> _buckets;
    private readonly RowChoices _choices;
    private readonly SortedChoice _sortedChoice;
    private readonly float* _reaches;
    private readonly int* _ranks;

    public RowWorkspace(
        in SimdProblem problem, ClassIndex classes, PackedDistances<TWidth, TVector> tiles, KeptColumns kept, int* originals, int rows, int stride, int shares, int partsPerShare, int worker, NativeArena arena)
    {
        _problem = problem;
        _classes = classes;
        _kept = kept;
        _originals = originals;
        Strip = arena.Allocate<float>((long)rows * stride);
        Squared = arena.Allocate<float>(stride);
        _stride = stride;
        _worker = worker;
        RowSums = new(rows, problem.Dimension, arena);
        float* total = arena.Allocate<float>(CoordinatePanels<TWidth, TVector>.Padded(problem.Dimension));
        Weights = [.. Enumerable.Range(0, problem.WantsGradient ? shares * partsPerShare : 0).Select(_ => new WeightBlock<TWidth, TVector>(tiles, rows, total, arena))];
        _sorted = new(problem.ReferenceCount, arena);
        _buckets = new(problem.ReferenceCount, arena);
        ClosePairs = [.. Enumerable.Range(0, shares).Select(_ => new List<ClosePair>())];
        _choices = new(classes, arena);
        _sortedChoice = new(classes, arena);
        if (problem.Rule == RuleKind.BatchAll)
        {
            _reaches = arena.Allocate<float>(stride);
            _ranks = arena.Allocate<int>(stride);
        }
    }

    public float* Strip { get; }

    public CoordinatePanels<TWidth, TVector> RowSums { get; }

    /// <summary>What the rows became, in parts of which each share of the references has some.</summary>
    public WeightBlock<TWidth, TVector>[] Weights { get; }

    /// <summary>The pairs that left the weights of the rows, by share of the references.</summary>
    public List<ClosePair>[] ClosePairs { get; }

    /// <summary>What <see cref="KeepSquared"/> kept of a row, which mining turns into weights.</summary>
    public float* Squared { get; }

    public void KeepSquared(float* row) => Buffer.MemoryCopy(row, Squared, _stride * sizeof(float), _stride * sizeof(float));

    /// <summary>Sorts what it must of the row, writes the anchor's sum of hinges, turns the row into weights, counts the active terms.</summary>
    public long Mine(int anchor, float* row)
    {
        int positives = _classes.Positives(anchor);
        if (positives == 0 || _classes.End[anchor] - _classes.Start[anchor] == _classes.ReferenceCount)
        {
            if (_problem.Choices?.Begin(_worker, positives) is { } choices)
                RecordPositives(choices, anchor, (uint*)row);
            new Span<float>(row, _classes.ReferenceCount).Clear();
            return 0;
        }

        int original = _classes.AnchorOrder[anchor];
        double coefficient = _problem.WantsGradient ? 2 * _problem.Coefficients[original] : 0;
        return _problem.Scale switch
        {
            DistanceScale.Root => Mine<RootScale>(anchor, coefficient, row, out _problem.Sums[original]),
            DistanceScale.HalfSquared => Mine<HalfSquaredScale>(anchor, coefficient, row, out _problem.Sums[original]),
            _ => Mine<SquaredScale>(anchor, coefficient, row, out _problem.Sums[original]),
        };
    }

    private long Mine<TScale>(int anchor, double coefficient, float* row, out double loss)
        where TScale : struct, IDistanceScale
    {
        return _problem.Rule == RuleKind.BatchAll
            ? MineBatchAll<TScale>(anchor, coefficient, row, out loss)
            : MineSemiHard<TScale>(anchor, coefficient, row, out loss);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long MineBatchAll<TScale>(int anchor, double coefficient, float* row, out double loss)
        where TScale : struct, IDistanceScale
    {
        int start = _classes.Start[anchor], end = _classes.End[anchor], count = _classes.ReferenceCount, positives = _classes.Positives(anchor);
        int self = _classes.Self[anchor], before = self < 0 ? end : self, after = self < 0 ? end : self + 1;
        BatchAllRow<TScale>.Reaches(row, start, end, _problem.Margin, _reaches);
        BitRange reaches = RangeOf(_reaches, start, before, after, end), negatives = RangeOf(row, 0, start, end, count), mixed = reaches.And(negatives);
        _sorted.Clear(mixed);
        AppendPositives(anchor, _reaches, marked: false);
        AppendNegatives(anchor, row, marked: true);
        _sorted.Sort();

        RowRanks<TWidth, TVector> ranks = new(mixed, _ranks);
        ranks.SettlePositives(_reaches, start, before, count - end + start);
        ranks.SettlePositives(_reaches, after, end, count - end + start);
        ranks.SettleNegatives(row, 0, start, positives);
        ranks.SettleNegatives(row, end, count, positives);
        ranks.Sweep(_sorted, positives);
        if (self >= 0)
            _ranks[self] = 0;
        loss = BatchAllRow<TScale>.Weigh(row, _ranks, count, coefficient) + (_problem.Margin * ranks.Active);
        return ranks.Active;
    }

    private static BitRange RangeOf(float* distances, int from, int to, int next, int end) =>
        BitRange.Nothing.With<TWidth, TVector>(distances, from, to).With<TWidth, TVector>(distances, next, end);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long MineSemiHard<TScale>(int anchor, double coefficient, float* row, out double loss)
        where TScale : struct, IDistanceScale
    {
        int start = _classes.Start[anchor], end = _classes.End[anchor], self = _classes.Self[anchor];
        _choices.Begin(anchor, (uint*)row);
        if (_kept.AreThere)
        {
            _kept.Read((uint*)row, _choices);
        }
        else if (_buckets.TryFill((uint*)row, start, end, _classes.ReferenceCount, _originals))
        {
            _buckets.Choose(_originals, _choices);
        }
        else
        {
            int count = _classes.ReferenceCount;
            _sorted.Clear(self < 0 ? RangeOf(row, 0, count, count, count) : RangeOf(row, 0, self, self + 1, count));
            AppendNegatives(anchor, row, marked: false);
            AppendPositives(anchor, row, marked: true);
            _sorted.Sort();
            _sortedChoice.Choose(_sorted, _originals, _choices);
        }

        _kept.Write(_choices);
        new Span<float>(row, _classes.ReferenceCount).Clear();
        _problem.Choices?.RoomFor(_worker, _choices.Count).Record<TScale>(_choices, _classes);
        return _choices.Weigh<TScale>(_problem.Margin, coefficient, row, out loss);
    }

    private void AppendPositives(int anchor, float* row, bool marked)
    {
        int end = _classes.End[anchor], self = _classes.Self[anchor];
        _sorted.Append(row, _classes.Start[anchor], self < 0 ? end : self, marked);
        _sorted.Append(row, self < 0 ? end : self + 1, end, marked);
    }

    private void AppendNegatives(int anchor, float* row, bool marked)
    {
        _sorted.Append(row, 0, _classes.Start[anchor], marked);
        _sorted.Append(row, _classes.End[anchor], _classes.ReferenceCount, marked);
    }

    private void RecordPositives(ChoiceBuffer choices, int anchor, uint* row)
    {
        for (int slot = 0; slot < _classes.Positives(anchor); slot++)
        {
            int positive = _classes.PositiveAt(anchor, slot);
            choices.Record(
                slot, _classes.AnchorOrder[anchor], _classes.ReferenceOrder[positive], -1, fellBack: false, _problem.Scale.Apply(BitConverter.UInt32BitsToSingle(row[positive])), 0);
        }
    }
}
