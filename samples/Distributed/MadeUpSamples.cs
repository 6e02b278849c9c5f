using static TorchSharp.torch;

namespace Distributed;

/// <summary>20 samples of each class: the class's own point in a few dimensions that tell classes apart, and noise in many that do not.</summary>
internal sealed class MadeUpSamples
{
    public const int Numbers = 64;

    private const int Telling = 8, SamplesPerClass = 20;

    public MadeUpSamples(int firstClass, int classes)
    {
        var random = new Random(firstClass);
        double[][] centres = [.. Enumerable.Range(0, classes).Select(_ => Draw(random, Telling, 1))];
        var rows = Enumerable.Range(0, classes * SamplesPerClass).Select(row =>
            centres[row / SamplesPerClass].Concat(new double[Numbers - Telling]).Zip(Draw(random, Numbers, 0.5), (centre, noise) => (float)(centre + noise)));
        Points = tensor([.. rows.SelectMany(row => row)]).reshape(classes * SamplesPerClass, Numbers);
        Labels = tensor([.. Enumerable.Range(0, classes * SamplesPerClass).Select(row => (long)(firstClass + (row / SamplesPerClass)))]);
    }

    /// <summary>[classes · 20, 64].</summary>
    public Tensor Points { get; }

    /// <summary>[classes · 20].</summary>
    public Tensor Labels { get; }

    /// <summary>Draws parameters without libtorch's generator, which all threads share.</summary>
    public static void Fill(IEnumerable<Tensor> parameters, int seed)
    {
        using var noGradient = no_grad();
        var random = new Random(seed);
        foreach (var parameter in parameters)
        {
            using var values = tensor([.. Draw(random, (int)parameter.numel(), 0.2).Select(value => (float)value)]);
            parameter.copy_(values.reshape(parameter.shape));
        }
    }

    private static double[] Draw(Random random, int count, double scale) =>
        [.. Enumerable.Range(0, count).Select(_ => scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
