namespace TripletLoss;

/// <summary>What class-balanced batches ask of a data set.</summary>
internal static class BalanceRequirements
{
    /// <summary>Refuses a data set with fewer classes than a batch takes: no repeating makes up for that.</summary>
    public static void EnoughClasses(LabelClasses classes, int classesPerBatch)
    {
        if (classes.Count < classesPerBatch)
            throw new ArgumentException($"labels hold {classes.Count} classes, fewer than classesPerBatch = {classesPerBatch}.", "labels");
    }

    /// <summary>Refuses a data set in which a class cannot fill its place in a batch with different samples.</summary>
    public static void EnoughSamples(LabelClasses classes, int samplesPerClass)
    {
        int[] small = [.. Enumerable.Range(0, classes.Count).Where(number => classes.Members(number).Length < samplesPerClass)];
        if (small.Length == 0)
            return;
        throw new ArgumentException(
            $"{small.Length} of {classes.Count} classes are smaller than samplesPerClass = {samplesPerClass}; the first is label " +
            $"{classes.Label(small[0])} with {classes.Members(small[0]).Length}. Leave their samples out of the data set, " +
            "or pass allowRepeats: true to repeat samples.", "labels");
    }
}
