using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What TorchSharp's operators do with numbers, with numbers that live until libtorch has read them.</summary>
internal static class Arithmetic
{
    public static Tensor Times(this Tensor x, double factor)
    {
        using var number = factor.ToScalar();
        return x.mul(number);
    }

    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, x.is_floating_point() ? Numbers.One : Numbers.WholeOne);

    public static Tensor Plus(this Tensor x, double term)
    {
        using var number = term.ToScalar();
        return x.add(number, Numbers.One);
    }

    public static Tensor Squared(this Tensor x) => x.mul(x);

    /// <summary>Normally distributed numbers, the same for each seed.</summary>
    public static Tensor Normal(long rows, long columns, ulong seed)
    {
        using var generator = new Generator(seed);
        return randn([rows, columns], generator: generator);
    }

    /// <summary>The only entry.</summary>
    public static double Number(this Tensor x)
    {
        using var scope = NewDisposeScope();
        return x.detach().to_type(float64).item<double>();
    }

    /// <summary>0, 1, …, classes − 1, 0, 1, … as int64 [count].</summary>
    public static Tensor Cycle(int count, int classes) => tensor([.. Enumerable.Range(0, count).Select(i => (long)(i % classes))]);

    /// <summary>0, 1, … as int64 [count].</summary>
    public static Tensor Count(int count) => Cycle(count, count);
}
