using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class OperatorTests
{
    private static readonly float[] A = [-3, -0.5f, 0, 2, 7];
    private static readonly float[] B = [2, 4, -1, 0.5f, -7];

    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();

    private static float[] Each(Func<float, float, float> f) => A.Zip(B, f).ToArray();

    private static float[] Each(Func<float, float> f) => A.Select(f).ToArray();

    [Fact]
    public void Arithmetic_is_that_of_the_elements()
    {
        using Tensor a = tensor(A), b = tensor(B);
        Values(a + b).Should().Equal(Each((x, y) => x + y));
        Values(a - b).Should().Equal(Each((x, y) => x - y));
        Values(a * b).Should().Equal(Each((x, y) => x * y));
        Values(a / b).Should().Equal(Each((x, y) => x / y));
        Values(-a).Should().Equal(Each(x => -x));
        Values(a + 2).Should().Equal(Each(x => x + 2));
        Values(2 - a).Should().Equal(Each(x => 2 - x));
        Values(3 * a).Should().Equal(Each(x => 3 * x));
        Values(1 / b).Should().Equal(B.Select(y => 1 / y));
        Values(a % 2).Should().Equal(Each(x => x - 2 * MathF.Floor(x / 2)));
        Values(a.add(b, alpha: 10)).Should().Equal(Each((x, y) => x + 10 * y));
        Values(a.sub(1)).Should().Equal(Each(x => x - 1));
        Values(a.div(b, RoundingMode.floor)).Should().Equal(Each((x, y) => MathF.Floor(x / y)));
        Values(a.div(b, RoundingMode.trunc)).Should().Equal(Each((x, y) => MathF.Truncate(x / y)));
        Values(a.addcmul(a, b, 0.5)).Should().Equal(Each((x, y) => x + 0.5f * x * y));
    }

    [Fact]
    public void Comparisons_are_those_of_the_elements()
    {
        using Tensor a = tensor(A), b = tensor(B);
        (a > b).data<bool>().ToArray().Should().Equal(A.Zip(B, (x, y) => x > y));
        (a <= 0).data<bool>().ToArray().Should().Equal(A.Select(x => x <= 0));
        (a == 2).data<bool>().ToArray().Should().Equal(A.Select(x => x == 2));
        (a != b).data<bool>().ToArray().Should().Equal(A.Zip(B, (x, y) => x != y));
        (0 < a).data<bool>().ToArray().Should().Equal(A.Select(x => 0 < x));
        ((a > 0) & (b > 0)).data<bool>().ToArray().Should().Equal(A.Zip(B, (x, y) => x > 0 && y > 0));
        (~(a > 0)).data<bool>().ToArray().Should().Equal(A.Select(x => !(x > 0)));
        a.equal(a).data<bool>().ToArray().Should().AllBeEquivalentTo(true);
        a.allclose(a + 1e-9f).Should().BeTrue();
        a.allclose(b).Should().BeFalse();
        Values(where(a > b, a, b)).Should().Equal(Each(MathF.Max));
        Values(a.where(a > b, b)).Should().Equal(Each(MathF.Max));
    }

    [Fact]
    public void Functions_are_those_of_the_elements()
    {
        using Tensor a = tensor(A), b = tensor(B);
        Close(a.abs(), Each(MathF.Abs));
        Close(a.exp(), Each(MathF.Exp));
        Close(a.square(), Each(x => x * x));
        Close(a.sigmoid(), Each(x => 1 / (1 + MathF.Exp(-x))));
        Close(a.tanh(), Each(MathF.Tanh));
        Close(a.softplus(), Each(x => MathF.Log(1 + MathF.Exp(x))));
        Close(a.relu(), Each(x => MathF.Max(x, 0)));
        Close(a.abs().sqrt(), Each(x => MathF.Sqrt(MathF.Abs(x))));
        Close(a.abs().add(1).log(), Each(x => MathF.Log(MathF.Abs(x) + 1)));
        Close(a.abs().log1p(), Each(x => MathF.Log(MathF.Abs(x) + 1)));
        Close(a.exp2(), Each(x => MathF.Pow(2, x)));
        Close(a.floor(), Each(MathF.Floor));
        Close(a.ceil(), Each(MathF.Ceiling));
        Close(a.round(), Each(x => MathF.Round(x)));
        Close(a.sign(), Each(x => MathF.Sign(x)));
        Close(a.pow(2), Each(x => x * x));
        Close(a.clamp(-1, 2), Each(x => Math.Clamp(x, -1, 2)));
        Close(a.clamp_min(1), Each(x => MathF.Max(x, 1)));
        Close(a.maximum(b), Each(MathF.Max));
        Close(a.minimum(b), Each(MathF.Min));
        Close(a.lerp(b, tensor(0.25f)), Each((x, y) => x + 0.25f * (y - x)));
        Close(tensor(new[] { float.NaN, float.PositiveInfinity }).nan_to_num(1, 2), [1, 2]);
        (Tensor mantissa, Tensor exponent) = a.frexp();
        Close(mantissa.ldexp(exponent), A);

        static void Close(Tensor actual, float[] expected)
        {
            float[] values = Values(actual);
            values.Should().HaveSameCount(expected);
            for (int i = 0; i < values.Length; i++) values[i].Should().BeApproximately(expected[i], 1e-5f + 1e-5f * MathF.Abs(expected[i]));
        }
    }

    [Fact]
    public void Odd_values_are_found()
    {
        using Tensor odd = tensor(new[] { 1, float.NaN, float.PositiveInfinity, float.NegativeInfinity });
        odd.isnan().data<bool>().ToArray().Should().Equal(false, true, false, false);
        odd.isinf().data<bool>().ToArray().Should().Equal(false, false, true, true);
        odd.isfinite().data<bool>().ToArray().Should().Equal(true, false, false, false);
    }

    [Fact]
    public void Matrices_are_multiplied()
    {
        var random = new Random(1);
        var a = new double[3, 4];
        var b = new double[4, 5];
        for (int i = 0; i < 3; i++) for (int j = 0; j < 4; j++) a[i, j] = random.NextDouble();
        for (int i = 0; i < 4; i++) for (int j = 0; j < 5; j++) b[i, j] = random.NextDouble();
        using Tensor left = tensor(a), right = tensor(b), product = left.mm(right);
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 5; j++)
                product[i, j].item<double>().Should().BeApproximately(Enumerable.Range(0, 4).Sum(k => a[i, k] * b[k, j]), 1e-12);
        left.matmul(right).allclose(product).Should().BeTrue();
        stack([left, left]).bmm(stack([right, right]))[1].allclose(product).Should().BeTrue();
        zeros([3, 5], dtype: float64).addmm(left, right, 1, 2).allclose(product * 2).Should().BeTrue();
        left.mv(right[.., 0]).allclose(product[.., 0]).Should().BeTrue();
        einsum("ik,kj->ij", left, right).allclose(product).Should().BeTrue();
        left[0].dot(right[.., 0]).item<double>().Should().BeApproximately(product[0, 0].item<double>(), 1e-12);
        using Tensor distances = cdist(left, left);
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                distances[i, j].item<double>().Should().BeApproximately(
                    Math.Sqrt(Enumerable.Range(0, 4).Sum(k => (a[i, k] - a[j, k]) * (a[i, k] - a[j, k]))), 1e-7);
    }

    [Fact]
    public void Matrices_are_taken_apart()
    {
        using Tensor a = tensor(new double[,] { { 2, 1 }, { 1, 3 }, { 0, 1 } });
        (Tensor u, Tensor s, Tensor vh) = linalg.svd(a, fullMatrices: false);
        u.mm(s.diag()).mm(vh).allclose(a).Should().BeTrue();
        (Tensor q, Tensor r) = linalg.qr(a);
        q.mm(r).allclose(a).Should().BeTrue();
        using Tensor gram = a.t().mm(a);
        (Tensor values, Tensor vectors) = linalg.eigh(gram);
        gram.mm(vectors).allclose(vectors * values).Should().BeTrue();
        linalg.norm(a).item<double>().Should().BeApproximately(4, 1e-12);
        linalg.vector_norm(a, 1).item<double>().Should().BeApproximately(8, 1e-12);
        linalg.det(gram).item<double>().Should().BeApproximately(5 * 11 - 5 * 5, 1e-9);
        linalg.solve(gram, ones([2, 1], dtype: float64)).shape.Should().Equal(2, 1);
    }
}
