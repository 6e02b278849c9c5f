namespace TripletLoss.Tests;

/// <summary>The gradient of Σ coefficients · losses by the anchors and by the references (the same rows where the batch mines itself).</summary>
public sealed class OracleGradient
{
    private OracleGradient(OracleBatch batch)
    {
        (Anchors, AnchorDoubt, AnchorScale) = (Zeros(batch.Anchors), Zeros(batch.Anchors), Zeros(batch.Anchors));
        (References, ReferenceDoubt, ReferenceScale) = batch.MinesItself
            ? (Anchors, AnchorDoubt, AnchorScale)
            : (Zeros(batch.References), Zeros(batch.References), Zeros(batch.References));
    }

    public double[][] Anchors { get; }

    public double[][] References { get; }

    /// <summary>By how much another choice among doubtful distances may change each entry.</summary>
    public double[][] AnchorDoubt { get; }

    public double[][] ReferenceDoubt { get; }

    /// <summary>The largest sum of absolute contributions to an entry, whichever of doubtful choices was made: what rounding is measured by.</summary>
    public double Scale => AnchorScale.Concat(ReferenceScale).SelectMany(row => row).DefaultIfEmpty(0).Max();

    private double[][] AnchorScale { get; }

    private double[][] ReferenceScale { get; }

    public static OracleGradient Of(OracleLosses losses, double[] coefficients)
    {
        var gradient = new OracleGradient(losses.Problem.Batch);
        foreach (int a in losses.Problem.Anchors)
        {
            for (int j = 0; j < losses.Problem.ReferenceCount; j++)
            {
                double doubt = Math.Abs(coefficients[a]) * losses.WeightDoubt[a][j];
                double weight = coefficients[a] * losses.Weights[a][j];
                if (weight != 0 || doubt != 0)
                    gradient.Add(losses.Problem, a, j, weight, doubt);
            }
        }
        return gradient;
    }

    private void Add(OracleProblem problem, int a, int j, double weight, double doubt)
    {
        var (byAnchor, byReference) = problem.Distance.Gradient(problem.Batch.Anchors[a], problem.Batch.References[j]);
        // A doubtful triplet may have a gradient that is all noise, where its own would be 0.
        double anchorNoise = (Math.Abs(weight) + doubt) * problem.Distance.GradientNoise(problem.Batch.Anchors[a]);
        double referenceNoise = (Math.Abs(weight) + doubt) * problem.Distance.GradientNoise(problem.Batch.References[j]);
        for (int k = 0; k < byAnchor.Length; k++)
        {
            Anchors[a][k] += weight * byAnchor[k];
            References[j][k] += weight * byReference[k];
            AnchorDoubt[a][k] += doubt * Math.Abs(byAnchor[k]) + anchorNoise;
            ReferenceDoubt[j][k] += doubt * Math.Abs(byReference[k]) + referenceNoise;
            AnchorScale[a][k] += (Math.Abs(weight) + doubt) * Math.Abs(byAnchor[k]);
            ReferenceScale[j][k] += (Math.Abs(weight) + doubt) * Math.Abs(byReference[k]);
        }
    }

    private static double[][] Zeros(double[][] like) => [.. like.Select(row => new double[row.Length])];
}
