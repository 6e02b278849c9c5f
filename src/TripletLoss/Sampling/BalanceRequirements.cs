namespace TripletLoss;

/// <summary>What class-balanced batches ask of a data set.</summary>
internal static class BalanceRequirements
{
    /// <summary>The classes that can be dealt, by what is to happen to the small ones.</summary>
    /// <exception cref="ArgumentException">There are too few, or small ones that may not be.</exception>
    public static LabelClasses Dealable(LabelClasses classes, BatchShape shape, SmallClasses smallClasses, Func<long, string> nameOf)
    {
        // Before their size: no repeating makes up for missing classes.
        if (classes.Count < shape.Classes)
            throw new ArgumentException($"labels hold {classes.Count} classes, fewer than classesPerBatch = {shape.Classes}.", "labels");
        if (smallClasses == SmallClasses.Repeat)
            return classes;
        var large = classes.OfSize(shape.Samples);
        if (smallClasses == SmallClasses.Refuse && large.Count < classes.Count)
            throw new ArgumentException(TooSmall(classes, classes.Count - large.Count, shape.Samples, nameOf), "labels");
        if (large.Count < shape.Classes)
        {
            throw new ArgumentException(
                $"labels hold {large.Count} classes of samplesPerClass = {shape.Samples} samples or more, fewer than classesPerBatch = {shape.Classes}; " +
                $"{classes.Count - large.Count} smaller ones are skipped.", "labels");
        }
        return large;
    }

    private static string TooSmall(LabelClasses classes, int count, int samplesPerClass, Func<long, string> nameOf)
    {
        int first = Enumerable.Range(0, classes.Count).First(number => classes.Members(number).Length < samplesPerClass);
        return $"{count} of {classes.Count} classes are smaller than samplesPerClass = {samplesPerClass}; the first is label {nameOf(classes.Label(first))} with " +
            $"{classes.Members(first).Length}. Pass smallClasses: SmallClasses.Skip to leave them out, or SmallClasses.Repeat to repeat their samples.";
    }
}
