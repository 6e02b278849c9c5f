using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests.Conventions;

/// <summary>One mistake of each kind, compiled and never run.</summary>
internal static class BadNumbers
{
    internal static Tensor Multiply(Tensor x) => x * 2.0;

    internal static Tensor Compare(Tensor x) => x.eq(0);

    internal static Tensor Fill(Tensor x, Tensor mask) => x.masked_fill(mask, 0);

    internal static Tensor AddWithHiddenFactor(Tensor x, Tensor y) => x + y;

    internal static Tensor Square(Tensor x) => x.square();

    internal static Tensor MakeFull() => full(1, 2.0);

    internal static double ReadNumber(Tensor x) => x.ToDouble();

    internal static bool ReadFlag(Tensor x) => (bool)x;

    internal static Tensor NeverDisposed(Tensor x) => x.mul(2.0.ToScalar());

    internal static Tensor DrawByATemporaryGenerator() => rand([2, 2], generator: new Generator(1));

    internal static Tensor KeepTheState() => get_rng_state();

    internal static void BringBackTheState(Tensor state) => set_rng_state(state);

    internal static long ReadTheSeed() => Generator.Default.initial_seed();

    internal static Func<Tensor, Tensor> InALambda() => x => x.sub(1);

    internal static IEnumerable<Tensor> InAnIterator(Tensor x)
    {
        yield return x.add(1);
    }
}
