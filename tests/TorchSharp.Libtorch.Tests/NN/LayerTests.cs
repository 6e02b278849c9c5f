using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpLibtorch.Tests.NN;

public class LayerTests
{
    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();

    [Fact]
    public void Linear_multiplies_by_the_transposed_weights()
    {
        using Linear linear = Linear(Parameter(tensor(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } })), Parameter(tensor(new float[] { 10, 20, 30 })));
        Values(linear.call(tensor(new float[,] { { 1, -1 } }))).Should().Equal(9, 19, 29);
        linear.in_features.Should().Be(2);
        linear.out_features.Should().Be(3);
        using Linear free = Linear(2, 3, hasBias: false);
        free.bias.Should().BeNull();
        free.weight.abs().max().item<float>().Should().BeLessThanOrEqualTo(1 / MathF.Sqrt(2));
    }

    [Fact]
    public void Batches_are_normalised_by_their_own_or_by_the_running_statistics()
    {
        using BatchNorm1d norm = BatchNorm1d(1, eps: 0, momentum: 0.5);
        using Tensor input = tensor(new float[,] { { 1 }, { 3 } });
        Values(norm.call(input)).Should().Equal(-1, 1);
        norm.running_mean!.item<float>().Should().Be(1); // half of 0 and 2
        norm.running_var!.item<float>().Should().Be(1.5f); // half of 1 and 2 (unbiased)
        norm.num_batches_tracked!.item<long>().Should().Be(1);
        norm.eval();
        Values(norm.call(input))[1].Should().BeApproximately(2 / MathF.Sqrt(1.5f), 1e-6f);
        Action flat = () => norm.call(ones(3));
        flat.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Samples_are_normalised_by_their_own_statistics()
    {
        using LayerNorm norm = LayerNorm(2, eps: 0);
        Values(norm.call(tensor(new float[,] { { 1, 3 }, { 10, 30 } }))).Should().Equal(-1, 1, -1, 1);
        LayerNorm(4, elementwise_affine: false).parameters().Should().BeEmpty();
    }

    [Fact]
    public void Dropout_drops_in_training_only_and_keeps_the_mean()
    {
        manual_seed(1);
        using Dropout dropout = Dropout(0.25);
        using Tensor output = dropout.call(ones(20000));
        output.unique().output.data<float>().ToArray().Should().Equal(0, 1 / 0.75f);
        output.mean().item<float>().Should().BeApproximately(1, 0.02f);
        dropout.eval();
        Values(dropout.call(ones(5))).Should().Equal(1, 1, 1, 1, 1);
    }

    [Fact]
    public void Activations_are_what_their_formulas_say()
    {
        float[] points = [-2, 0, 0.5f, 3];
        Check(ReLU(), x => MathF.Max(x, 0));
        Check(LeakyReLU(0.1), x => x < 0 ? 0.1f * x : x);
        Check(Sigmoid(), x => 1 / (1 + MathF.Exp(-x)));
        Check(Tanh(), MathF.Tanh);
        Check(SiLU(), x => x / (1 + MathF.Exp(-x)));
        Check(Softplus(), x => MathF.Log(1 + MathF.Exp(x)));
        Check(GELU(TorchSharp.Modules.GELU.Approximate.tanh), x => 0.5f * x * (1 + MathF.Tanh(0.7978845608f * (x + 0.044715f * x * x * x))));
        Check(Identity(), x => x);
        Check(Softmax(0), x => MathF.Exp(x) / points.Sum(MathF.Exp));
        using Tensor one = tensor(new[] { 1f });
        GELU().call(one).item<float>().Should().BeApproximately(0.8413447f, 1e-6f); // Φ(1)
        using Tensor inPlace = tensor(points);
        // As in TorchSharp, another handle on the same data: whoever disposes the result still has the input.
        using (Tensor result = ReLU(inplace: true).call(inPlace)) result.Should().NotBeSameAs(inPlace);
        Values(inPlace).Should().Equal(0, 0, 0.5f, 3);

        void Check(Module<Tensor, Tensor> module, Func<float, float> formula)
        {
            using Tensor input = tensor(points);
            Values(module.call(input)).Zip(points).Should().OnlyContain(p => MathF.Abs(p.First - formula(p.Second)) < 1e-5f, module.GetName());
        }
    }

    [Fact]
    public void Convolutions_slide_their_kernel()
    {
        using Conv2d convolution = Conv2d(1, 1, 2, bias: false);
        using (no_grad()) convolution.weight.copy_(tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 2, 2));
        using Tensor image = arange(9, dtype: float32).reshape(1, 1, 3, 3);
        Values(convolution.call(image)).Should().Equal(27, 37, 57, 67);
        using Conv2d same = Conv2d(1, 1, 3, Padding.Same);
        same.call(image).shape.Should().Equal(1, 1, 3, 3);
        using Conv2d reflected = Conv2d(1, 1, 3, padding: 1, padding_mode: PaddingModes.Reflect, bias: false);
        using (no_grad()) reflected.weight.fill_(1);
        reflected.call(image)[0, 0, 0, 0].item<float>().Should().Be(4 + 3 + 4 + 1 + 0 + 1 + 4 + 3 + 4);
        Values(MaxPool2d(2, stride: 1).call(image)).Should().Equal(4, 5, 7, 8);
        Flatten().call(image).shape.Should().Equal(1, 9);
        MaxPool2d((3, 1)).forward_with_indices(image).Indices.data<long>().ToArray().Should().Equal(6, 7, 8);
    }

    [Fact]
    public void Embeddings_are_rows_of_the_weights()
    {
        using Embedding embedding = Embedding(4, 2, padding_idx: 0);
        Values(embedding.weight[0]).Should().Equal(0, 0);
        using Tensor output = embedding.call(tensor(new long[] { 2, 0, 2 }));
        output[0].Equals(embedding.weight[2]).Should().BeTrue();
        output.sum().backward();
        Values(embedding.weight.grad!).Should().Equal(0, 0, 0, 0, 2, 2, 0, 0);
        using Embedding frozen = Embedding_from_pretrained(ones(2, 2));
        frozen.weight.requires_grad.Should().BeFalse();
    }

    [Fact]
    public void Vectors_are_brought_to_unit_length()
    {
        using Tensor vectors = tensor(new float[,] { { 3, 4 }, { 0, 0 } }, requires_grad: true);
        using Tensor unit = functional.normalize(vectors);
        Values(unit.detach()).Should().Equal(0.6f, 0.8f, 0, 0);
        unit.sum().backward();
        Values(vectors.grad!)[0].Should().BeApproximately((4 * 4 - 3 * 4) / 125f, 1e-6f);
        functional.cosine_similarity(tensor(new float[,] { { 1, 0 } }), tensor(new float[,] { { 1, 1 } })).item<float>()
            .Should().BeApproximately(MathF.Sqrt(0.5f), 1e-6f);
        functional.pairwise_distance(tensor(new float[,] { { 0, 0 } }), tensor(new float[,] { { 3, 4 } }), eps: 0).item<float>().Should().Be(5);
        PairwiseDistance(p: 1, eps: 0).call(tensor(new float[,] { { 0, 0 } }), tensor(new float[,] { { 3, 4 } })).item<float>().Should().Be(7);
        CosineSimilarity().call(tensor(new float[,] { { 2, 0 } }), tensor(new float[,] { { -1, 0 } })).item<float>().Should().Be(-1);
        Values(functional.pad(ones(1, 2), (1, 1), value: 7)).Should().Equal(7, 1, 1, 7);
        functional.one_hot(tensor(new long[] { 1 }), 3).data<long>().ToArray().Should().Equal(0, 1, 0);
    }
}
