namespace TripletLoss.Tests;

/// <summary>Random cases from a seed, most of them on integer grids, where distances and ties are exact.</summary>
internal static class SimdCases
{
    public static SimdCase OnGrid(int seed, RuleKind rule)
    {
        Random random = new(seed);
        int anchors = random.Next(1, random.Next(4) == 0 ? 240 : 30);
        int references = random.Next(1, random.Next(4) == 0 ? 240 : 40);
        int dimension = random.Next(1, 30), classes = random.Next(1, 12), span = random.Next(1, 5);
        bool alone = random.Next(2) == 0;
        float[] points = Grid(random, anchors, dimension, span);
        long[] labels = Labels(random, anchors, classes);
        float[] others = Grid(random, references, dimension, span);
        long[] otherLabels = Labels(random, references, classes);
        long[]? selves = random.Next(2) == 0 ? null : Selves(random, points, labels, others, otherLabels, dimension);
        return new()
        {
            Anchors = points,
            AnchorLabels = labels,
            Dimension = dimension,
            References = alone ? null : others,
            ReferenceLabels = alone ? null : otherLabels,
            SelfIndices = alone ? null : selves,
            Rule = rule,
            Scale = (DistanceScale)random.Next(3),
            Soft = rule == RuleKind.Hard && random.Next(2) == 0,
            Margin = random.Next(0, 6),
            Coefficients = [.. labels.Select(_ => random.NextDouble() + 0.1)],
            Lanes = 4 << random.Next(3),
            Threads = random.Next(1, 5),
            Way = (MiningWay)random.Next(2),
        };
    }

    /// <summary>Few classes on a grid, in whole rows: alone, or against as many references, among which some anchors have a copy that is another vector by now.</summary>
    public static SimdCase OfLargeClasses(int classes, int count, RuleKind rule, double margin, bool alone, bool copies)
    {
        Random random = new(count);
        const int Dimension = 9;
        long[] labels = Labels(random, count, classes), others = Labels(random, count, classes);
        return new()
        {
            Anchors = Grid(random, count, Dimension, 4),
            AnchorLabels = labels,
            Dimension = Dimension,
            References = alone ? null : Grid(random, count, Dimension, 4),
            ReferenceLabels = alone ? null : others,
            SelfIndices = alone || !copies ? null : [.. labels.Select((label, i) => i % 3 == 0 ? Array.LastIndexOf(others, label, count - 1 - (i / 2)) : -1L)],
            Rule = rule,
            Margin = margin,
            Coefficients = [.. labels.Select(_ => random.NextDouble() + 0.1)],
            Lanes = 16,
            Threads = 2,
            Way = MiningWay.Rows,
        };
    }

    /// <summary>Classes of a size on a grid, alone or against as many references: of so many anchors that a tile is no batch, and each way.</summary>
    public static SimdCase OfClasses(int classSize, int dimension, RuleKind rule, double margin, bool alone, bool weighted, MiningWay? way, int count = 230)
    {
        Random random = new(classSize);
        long[] labels = [.. Enumerable.Range(0, count).Select(i => (long)(i / classSize))], others = [.. labels];
        random.Shuffle(labels);
        random.Shuffle(others);
        return new()
        {
            Anchors = Grid(random, count, dimension, 4),
            AnchorLabels = labels,
            Dimension = dimension,
            References = alone ? null : Grid(random, count, dimension, 4),
            ReferenceLabels = alone ? null : others,
            Rule = rule,
            Margin = margin,
            Coefficients = [.. labels.Select(_ => weighted ? random.NextDouble() + 0.1 : 1.0 / count)],
            Lanes = 16,
            Threads = 2,
            Way = way,
        };
    }

    /// <summary>A batch of its own with normal coordinates: classes of equal size.</summary>
    public static SimdCase Normal(
        int seed, int count, int positivesAndSelf, int dimension, RuleKind rule, int lanes = 8, int threads = 1,
        MiningWay? way = null)
    {
        Random random = new(seed);
        long[] labels = [.. Enumerable.Range(0, count).Select(i => (long)(i / positivesAndSelf))];
        random.Shuffle(labels);
        return new()
        {
            Anchors = [.. Enumerable.Range(0, count * dimension).Select(_ => (float)Gauss(random))],
            AnchorLabels = labels,
            Dimension = dimension,
            Rule = rule,
            Coefficients = [.. labels.Select(_ => 1.0 / count)],
            Lanes = lanes,
            Threads = threads,
            Way = way,
        };
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static float[] Grid(Random random, int count, int dimension, int span) =>
        [.. Enumerable.Range(0, count * dimension).Select(_ => (float)random.Next(-span, span + 1))];

    /// <summary>Labels at the end of the range of 64 bits, where a float would merge them.</summary>
    private static long[] Labels(Random random, int count, int classes) =>
        [.. Enumerable.Range(0, count).Select(_ => long.MaxValue - random.Next(classes))];

    /// <summary>Copies some anchors into the references.</summary>
    private static long[] Selves(
        Random random, float[] points, long[] labels, float[] others, long[] otherLabels, int dimension)
    {
        long[] selves = [.. labels.Select(_ => -1L)];
        for (int copy = 0; copy < Math.Min(labels.Length, otherLabels.Length); copy += random.Next(1, 4))
        {
            selves[copy] = copy;
            otherLabels[copy] = labels[copy];
            Array.Copy(points, copy * dimension, others, copy * dimension, dimension);
        }

        return selves;
    }
}
