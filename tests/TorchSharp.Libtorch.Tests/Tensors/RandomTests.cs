using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class RandomTests
{
    [Fact]
    public void A_seed_repeats_the_numbers()
    {
        manual_seed(42);
        using Tensor first = rand(100);
        using Tensor second = rand(100);
        manual_seed(42);
        rand(100).Equals(first).Should().BeTrue();
        first.Equals(second).Should().BeFalse();
        initial_seed().Should().Be(42);
    }

    [Fact]
    public void The_state_can_be_put_back()
    {
        using Tensor state = get_rng_state();
        using Tensor first = randn(50);
        set_rng_state(state);
        randn(50).Equals(first).Should().BeTrue();
        using Tensor later = random.get_rng_state();
        later.Equals(state).Should().BeFalse();
    }

    [Fact]
    public void Generators_stand_apart()
    {
        using var a = new Generator(7);
        using var b = new Generator(7);
        using Tensor first = rand([20], generator: a);
        manual_seed(1);
        rand([20], generator: b).Equals(first).Should().BeTrue();
        a.manual_seed(7).Should().BeSameAs(a);
        rand([20], generator: a).Equals(first).Should().BeTrue();
        using Tensor state = a.get_state();
        long[] order = randperm(50, generator: a).data<long>().ToArray();
        a.set_state(state);
        randperm(50, generator: a).data<long>().ToArray().Should().Equal(order).And.BeEquivalentTo(Enumerable.Range(0, 50).Select(i => (long)i));
        a.initial_seed().Should().Be(7);
        a.Dispose();
        Action use = () => rand([2], generator: a);
        use.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Distributions_have_their_moments()
    {
        manual_seed(5);
        using Tensor normal = zeros([40000]).normal_(3, 2);
        normal.mean().ToDouble().Should().BeApproximately(3, 0.05);
        normal.std().ToDouble().Should().BeApproximately(2, 0.05);
        using Tensor uniform = zeros([40000]).uniform_(-1, 3);
        uniform.min().ToDouble().Should().BeGreaterThanOrEqualTo(-1);
        uniform.max().ToDouble().Should().BeLessThanOrEqualTo(3);
        uniform.mean().ToDouble().Should().BeApproximately(1, 0.05);
        using Tensor coin = full([40000], 0.25).bernoulli();
        coin.mean().ToDouble().Should().BeApproximately(0.25, 0.02);
        using Tensor dice = randint(1, 7, [60000]);
        dice.dtype.Should().Be(int64);
        dice.bincount(null).data<long>().ToArray()[1..].Should().OnlyContain(c => c > 9500 && c < 10500).And.HaveCount(6);
        multinomial(tensor(new[] { 0f, 1f }), 10, replacement: true).data<long>().ToArray().Should().AllBeEquivalentTo(1L);
        rand_float().Should().BeInRange(0, 1);
        randint_int(5).Should().BeInRange(0, 4);
    }

    [Fact]
    public void Threads_can_be_set()
    {
        int before = get_num_threads();
        try
        {
            set_num_threads(1);
            get_num_threads().Should().Be(1);
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
