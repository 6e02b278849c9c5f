using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Which triplets of a batch enter the loss.</summary>
internal enum RuleKind
{
    SemiHard,
    Hard,
    BatchAll,
}

/// <summary>
/// What the SIMD kernel is asked, over the caller's memory. For the cosine distance the points come normalised.
/// </summary>
internal unsafe struct SimdProblem
{
    public int AnchorCount;
    public int ReferenceCount;
    public int Dimension;

    /// <summary>[anchors, dimension], contiguous.</summary>
    public float* Anchors;

    /// <summary>[references, dimension]; the same pointer as <see cref="Anchors"/> when the batch mines itself.</summary>
    public float* References;

    /// <summary>Cosine: the vectors as they were given, and 1 / |x| of each (0 for a zero vector); null otherwise.</summary>
    public float* GivenAnchors;

    /// <inheritdoc cref="GivenAnchors"/>
    public float* GivenReferences;

    /// <inheritdoc cref="GivenAnchors"/>
    public double* AnchorScales;

    /// <inheritdoc cref="GivenAnchors"/>
    public double* ReferenceScales;

    /// <summary>Whether the batch is its own set of references: a set given as such may be the same memory.</summary>
    public bool MinesItself;

    public long* AnchorLabels;
    public long* ReferenceLabels;

    /// <summary>Null, or for each anchor where its own copy stands among the references (−1: nowhere).</summary>
    public long* SelfIndices;

    public RuleKind Rule;
    public DistanceScale Scale;

    /// <summary>Hard: the softplus of the difference in place of the hinge (the margin then plays no part).</summary>
    public bool Soft;

    public double Margin;

    /// <summary>A distance of 1 as it is here, where all points were scaled: a softplus wants to know.</summary>
    public double Unit;

    /// <summary>[anchors], the weight of each anchor's sum in the gradient; null when no gradient is wanted.</summary>
    public double* Coefficients;

    /// <summary>How to walk through the batch; null: the fastest way.</summary>
    public MiningWay? Way;

    /// <summary>Out, [anchors]: each anchor's sum of hinges.</summary>
    public double* Sums;

    /// <summary>Out, [anchors, dimension]; the whole gradient when the batch mines itself.</summary>
    public float* AnchorGradient;

    /// <summary>Out, [references, dimension], or null.</summary>
    public float* ReferenceGradient;

    /// <summary>Null, or where semi-hard and hard record what they choose.</summary>
    public TripletChoices? Choices;

    /// <summary>Null, empty or what an earlier call left, as <see cref="MiningRequest.Kept"/>.</summary>
    public KeptMining? Kept;

    /// <summary>Out: ordered positive pairs (semi-hard), anchors (hard) or valid triplets (batch-all).</summary>
    public long TermCount;

    /// <summary>Out: how many of them have a hinge above 0.</summary>
    public long ActiveCount;

    /// <summary>Whether one of the two is a zero vector, by cosine: such a pair has no gradient.</summary>
    public readonly bool IsZeroPair(int anchor, int reference) =>
        AnchorScales != null && (AnchorScales[anchor] == 0 || ReferenceScales[reference] == 0);

    /// <summary>For those that add to the gradients: nobody else does it.</summary>
    public readonly void ClearGradients()
    {
        Clear(AnchorGradient, (long)AnchorCount * Dimension);
        Clear(ReferenceGradient, (long)ReferenceCount * Dimension);

        static void Clear(float* gradient, long count)
        {
            if (gradient != null)
                NativeMemory.Clear(gradient, (nuint)count * sizeof(float));
        }
    }

    public readonly bool WantsGradient => Coefficients != null && AnchorGradient != null;
}
