using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Errors;

/// <summary>Whatever comes in, an exception comes out; a crash would end the run.</summary>
public class BadInputTests
{
    private const ScalarType Nothing = (ScalarType)99;

    public static TheoryData<string, Action> Calls => new()
    {
        { "type of zeros", () => zeros([2], dtype: Nothing) },
        { "type to convert to", () => ones(2).to(Nothing) },
        { "negative type", () => ones(2).to((ScalarType)(-3)) },
        { "types to promote", () => promote_types(Nothing, float32) },
        { "default type", () => set_default_dtype(Nothing) },
        { "type of a buffer", () => frombuffer(new float[2], Nothing) },
        { "quantized buffer", () => frombuffer(new float[4], ScalarType.QInt32).to(float64).sum().ToDouble() },
        { "backward of nothing", () => autograd.backward((IList<Tensor>)null!) },
        { "device", () => ones(2).to((DeviceType)77) },
        { "rounding mode", () => ones(2).div(ones(2), (RoundingMode)9) },
        { "permutation", () => ones(2, 3).permute(0, 0) },
        { "too few dimensions", () => ones(2, 3).permute(0) },
        { "select", () => ones(2).select(0, 2) },
        { "select in nothing", () => tensor(1f).select(0, 0) },
        { "narrow", () => ones(2).narrow(0, 1, 2) },
        { "expand", () => ones(2).expand(3) },
        { "negative expand", () => ones(2).expand(-2) },
        { "as_strided", () => ones(4).as_strided([3, 3], [3, 1]) },
        { "index_select", () => ones(2).index_select(0, tensor(new[] { 2L })) },
        { "index_select by floats", () => ones(2).index_select(0, ones(1)) },
        { "gather", () => ones(2, 2).gather(1, tensor(new long[,] { { 5 } })) },
        { "gather below", () => ones(2, 2).gather(1, tensor(new long[,] { { -1 } })) },
        { "scatter", () => zeros(2, 2).scatter_(1, tensor(new long[,] { { 2 } }), ones(1, 1)) },
        { "scatter_add", () => zeros(2, 2).scatter_add_(0, tensor(new long[,] { { 7 } }), ones(1, 1)) },
        { "index_add", () => zeros(2).index_add_(0, tensor(new[] { 2L }), ones(1), 1) },
        { "index_copy", () => zeros(2).index_copy_(0, tensor(new[] { 2L }), ones(1)) },
        { "index_fill", () => zeros(2).index_fill_(0, tensor(new[] { 2L }), 1) },
        { "take", () => ones(2).take(tensor(new[] { 2L })) },
        { "index by tensor", () => _ = ones(2)[tensor(new[] { 2L })] },
        { "index_put", () => zeros(2).index_put_(ones(1), [tensor(new[] { 2L })], true) },
        { "mask of another shape", () => _ = ones(3)[tensor(new[] { true, false })] },
        { "hundreds of indices", () => _ = ones(2)[new TensorIndex[1000]] },
        { "topk", () => ones(2).topk(3) },
        { "kthvalue", () => ones(2).kthvalue(0, 0) },
        { "max of nothing", () => zeros(0).max() },
        { "argmax of nothing", () => zeros(0).argmax() },
        { "cat of nothing", () => cat(Array.Empty<Tensor>()) },
        { "stack of shapes", () => stack([ones(2), ones(3)]) },
        { "split", () => ones(4).split([1, 2]) },
        { "bincount below", () => tensor(new[] { -1L }).bincount(null) },
        { "one_hot", () => nn.functional.one_hot(tensor(new[] { 3L }), 2) },
        { "cross entropy", () => nn.functional.cross_entropy(ones(1, 2), tensor(new[] { 2L })) },
        { "nll", () => nn.functional.nll_loss(ones(1, 2), tensor(new[] { -5L })) },
        { "embedding", () => nn.Embedding(2, 2).call(tensor(new[] { 2L })) },
        { "multinomial", () => multinomial(tensor(new[] { -1f }), 1) },
        { "bernoulli", () => full([2], 2.0).bernoulli() },
        { "normal", () => zeros(2).normal_(0, -1) },
        { "uniform", () => zeros(2).uniform_(2, 1) },
        { "randint", () => randint(5, 5, [2]) },
        { "randperm", () => randperm(-1) },
        { "eye", () => eye(-1, 2) },
        { "arange", () => arange(0, 5, (Scalar)0) },
        { "too much memory", () => zeros(1L << 40, 1L << 20) },
        { "threads", () => set_num_threads(0) },
        { "state", () => set_rng_state(ones([3], dtype: uint8)) },
        { "state of another type", () => set_rng_state(ones(3)) },
        { "integers learn", () => tensor(new[] { 1L }, requires_grad: true) },
        { "cholesky", () => linalg.cholesky(-eye(2)) },
        { "solve", () => linalg.solve(zeros(2, 2), ones(2, 1)) },
        { "convolution", () => nn.functional.conv2d(ones(1, 2, 3, 3), ones(1, 1, 2, 2)) },
        { "pool", () => nn.functional.max_pool2d(ones(1, 1, 2, 2), 5) },
        { "batch norm", () => nn.functional.batch_norm(ones(2, 3), zeros(2), ones(2)) },
        { "layer norm", () => nn.functional.layer_norm(ones(2, 3), [2]) },
        { "einsum", () => einsum("ij,jk->il", ones(2, 2), ones(2, 2)) },
        { "no array", () => from_array(null!) },
        { "array of arrays", () => from_array(new[] { new float[1] }) },
        { "array of text", () => from_array(new[] { "one" }) },
        { "no list", () => tensor((IList<float>)null!) },
        { "backward twice", BackwardTwice },
        { "backward of a constant", () => ones(1).backward() },
        { "gradients of another shape", () => (ones([2], requires_grad: true) * 2).backward([ones(3)]) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void It_is_an_exception(string what, Action call) => call.Should().Throw<Exception>(what);

    private static void BackwardTwice()
    {
        Tensor x = ones([1], requires_grad: true), y = (x * x).sum();
        y.backward();
        y.backward();
    }

    [Fact]
    public void Random_calls_never_end_the_process()
    {
        var random = new Random(11);
        long Any() => random.Next(8) switch { 0 => long.MaxValue, 1 => long.MinValue, 2 => -1, 3 => 1L << 33, _ => random.Next(-4, 5) };
        Tensor[] tensors =
        [
            ones(2, 3), zeros(0), tensor(1.5), arange(6), ones(2, 3, 4).permute(2, 0, 1), tensor(new[] { true, false }),
            tensor(new[] { 0L, 2L }), ones([3], requires_grad: true), eye(3).to_sparse(), ones([2], dtype: float16),
        ];
        Tensor One() => tensors[random.Next(tensors.Length)];
        Func<Tensor>[] calls =
        [
            () => One().narrow(Any(), Any(), Any()), () => One().select(Any(), Any()), () => One().transpose(Any(), Any()),
            () => One().reshape(Any(), Any()), () => One().view(Any()), () => One().expand(Any(), Any()), () => One().sum(Any()),
            () => One().gather(Any(), One()), () => One().index_select(Any(), One()), () => One().mm(One()), () => One().add(One()),
            () => One().take(One()), () => One()[One()], () => One()[Any()], () => One()[TensorIndex.Slice(Any(), Any(), Any())],
            () => One().scatter_add(Any(), One(), One()), () => One().flatten(Any(), Any()), () => One().unsqueeze(Any()),
            () => One().roll(Any(), Any()), () => One().tril(Any()), () => One().diagonal(Any(), Any(), Any()), () => One().cumsum(Any()),
            () => One().softmax(Any()), () => One().masked_select(One()), () => where(One(), One(), One()), () => One().flip(Any()),
            () => cat([One(), One()], Any()), () => One().squeeze(Any()), () => One().diff(), () => One().max(One()),
            () => One().sort(Any()).Values, () => One().logsumexp(Any()), () => One().addmm(One(), One()), () => One().repeat_interleave(One()),
            () => One().bincount(One()), () => searchsorted(One(), One()), () => cdist(One(), One()), () => One().unfold(Any(), Any(), Any()),
        ];
        int returned = 0, refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            using var scope = NewDisposeScope();
            try
            {
                // Shapes only: a result of 2⁶² expanded elements is none to look at.
                _ = calls[random.Next(calls.Length)]().shape;
                returned++;
            }
            catch (Exception)
            {
                refused++;
            }
        }
        returned.Should().BeGreaterThan(300);
        refused.Should().BeGreaterThan(300);
    }
}
