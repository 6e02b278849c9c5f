namespace TripletLoss.Tests;

/// <summary>One problem for the SIMD kernel in managed arrays, and what came back.</summary>
internal sealed unsafe class SimdCase
{
    public required float[] Anchors { get; init; }

    public required long[] AnchorLabels { get; init; }

    public required int Dimension { get; init; }

    /// <summary>Null: the batch mines itself.</summary>
    public float[]? References { get; init; }

    public long[]? ReferenceLabels { get; init; }

    public long[]? SelfIndices { get; init; }

    public RuleKind Rule { get; init; }

    public DistanceScale Scale { get; init; }

    public bool Soft { get; init; }

    public double Margin { get; init; } = 1;

    public int Lanes { get; init; } = 8;

    public int Threads { get; init; } = 1;

    /// <summary>How to walk through the batch; null for the fastest way.</summary>
    public MiningWay? Way { get; init; }

    public required double[] Coefficients { get; init; }

    public int AnchorCount => AnchorLabels.Length;

    public int ReferenceCount => (ReferenceLabels ?? AnchorLabels).Length;

    public SimdOutcome Run()
    {
        SimdOutcome outcome = new(this);
        float[] references = References ?? Anchors;
        long[] referenceLabels = ReferenceLabels ?? AnchorLabels;
        using NativeArena arena = new();
        using WorkCrew crew = new(Threads);
        TripletChoices? choices = Rule == RuleKind.BatchAll ? null : new(outcome, factor: 1, arena);

        // An empty array pins to null, which means "not wanted" to the kernel.
        fixed (float* anchors = Anchors, others = references)
        fixed (long* labels = AnchorLabels, otherLabels = referenceLabels, self = SelfIndices)
        fixed (double* coefficients = Coefficients, losses = outcome.Sums)
        fixed (float* gradient = outcome.AnchorGradient, referenceGradient = outcome.ReferenceGradient)
        {
            SimdProblem problem = new()
            {
                AnchorCount = AnchorCount,
                ReferenceCount = ReferenceCount,
                Dimension = Dimension,
                Anchors = anchors,
                References = References is null ? anchors : others,
                MinesItself = References is null,
                AnchorLabels = labels,
                ReferenceLabels = otherLabels,
                SelfIndices = self,
                Rule = Rule,
                Scale = Scale,
                Soft = Soft,
                Margin = Margin,
                Way = Way,
                Unit = 1,
                Coefficients = coefficients,
                Sums = losses,
                AnchorGradient = gradient,
                ReferenceGradient = References is null ? null : referenceGradient,
                Choices = choices,
            };
            outcome.Answer = SimdKernel.Run(ref problem, Lanes, crew, arena);
            outcome.TermCount = problem.TermCount;
            outcome.ActiveCount = problem.ActiveCount;
        }

        choices?.Finish();
        return outcome;
    }
}

internal readonly record struct SimdChoice(long Anchor, long Positive, long Negative, bool FellBack);

/// <summary>What a kernel, or the oracle, says of a case.</summary>
internal sealed class SimdOutcome(SimdCase problem) : IChoiceReader
{
    private readonly List<SimdChoice> _choices = [];

    public double[] Sums { get; } = new double[problem.AnchorCount];

    public float[] AnchorGradient { get; } = new float[problem.AnchorCount * problem.Dimension];

    public float[] ReferenceGradient { get; } = new float[problem.ReferenceCount * problem.Dimension];

    public KernelAnswer Answer { get; set; }

    /// <summary>In the order of anchors and positives.</summary>
    public IReadOnlyList<SimdChoice> Choices => [.. _choices.OrderBy(choice => choice.Anchor).ThenBy(choice => choice.Positive)];

    public long TermCount { get; set; }

    public long ActiveCount { get; set; }

    public int MostReadAtOnce { get; private set; }

    public void Read(ChosenTriplets chosen)
    {
        long[] anchors = chosen.Anchors.data<long>().ToArray(), positives = chosen.Positives.data<long>().ToArray(), negatives = chosen.Negatives.data<long>().ToArray();
        bool[] fellBack = chosen.IsFallback.data<bool>().ToArray();
        lock (_choices)
        {
            MostReadAtOnce = Math.Max(MostReadAtOnce, anchors.Length);
            for (int i = 0; i < anchors.Length; i++)
                Add(new(anchors[i], positives[i], negatives[i], fellBack[i]));
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(SimdChoice choice) => _choices.Add(choice);
}
