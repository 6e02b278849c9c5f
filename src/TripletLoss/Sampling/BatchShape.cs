namespace TripletLoss;

/// <summary>What a class-balanced batch is made of.</summary>
/// <param name="Classes">The number of classes.</param>
/// <param name="Samples">The number of samples of each.</param>
internal readonly record struct BatchShape(int Classes, int Samples)
{
    /// <summary>The number of samples in all.</summary>
    public int Size => Classes * Samples;

    /// <summary>Checks the numbers of a caller.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is below 1, or there would be more samples than an array has.</exception>
    public static BatchShape Checked(int classesPerBatch, int samplesPerClass)
    {
        CountArgument.AtLeast(1, classesPerBatch, nameof(classesPerBatch));
        CountArgument.AtLeast(1, samplesPerClass, nameof(samplesPerClass));
        return (long)classesPerBatch * samplesPerClass <= int.MaxValue
            ? new(classesPerBatch, samplesPerClass)
            : throw new ArgumentOutOfRangeException(
                nameof(samplesPerClass), $"samplesPerClass must be at most {int.MaxValue / classesPerBatch} with {classesPerBatch} classes per batch, got {samplesPerClass}.");
    }
}
