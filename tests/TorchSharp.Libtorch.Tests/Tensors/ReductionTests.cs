using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class ReductionTests
{
    private static readonly double[][] Rows = [[3, -1, 4, 1], [-5, 9, 2, 6], [5, 3, -5, 8]];

    private static Tensor Grid()
    {
        var values = new double[3, 4];
        for (int i = 0; i < 3; i++) for (int j = 0; j < 4; j++) values[i, j] = Rows[i][j];
        return tensor(values);
    }

    private static double[] Values(Tensor tensor) => tensor.data<double>().ToArray();

    private static double Variance(double[] row, int less = 1) => row.Sum(x => (x - row.Average()) * (x - row.Average())) / (row.Length - less);

    [Fact]
    public void Sums_and_means_run_over_what_is_named()
    {
        using Tensor grid = Grid();
        grid.sum().item<double>().Should().Be(Rows.SelectMany(r => r).Sum());
        Values(grid.sum(1)).Should().Equal(Rows.Select(r => r.Sum()));
        Values(grid.sum(0L)).Should().Equal(Enumerable.Range(0, 4).Select(j => Rows.Sum(r => r[j])));
        grid.sum(1, keepdim: true).shape.Should().Equal(3, 1);
        grid.sum([0, 1]).item<double>().Should().Be(30);
        Values(grid.mean([1])).Should().Equal(Rows.Select(r => r.Average()));
        grid.mean([0L, 1L], keepdim: true, type: float32).dtype.Should().Be(float32);
        Values(grid.prod(1)).Should().Equal(Rows.Select(r => r.Aggregate(1.0, (p, x) => p * x)));
        Values(grid.cumsum(1)[1]).Should().Equal(-5, 4, 6, 12);
        tensor(new[] { true, true }).sum().item<long>().Should().Be(2);
    }

    [Fact]
    public void Deviations_are_unbiased_unless_said_otherwise()
    {
        using Tensor grid = Grid();
        Near(grid.var(1), Rows.Select(r => Variance(r)));
        Near(grid.std(1, unbiased: false), Rows.Select(r => Math.Sqrt(Variance(r, 0))));
        Near(grid.std([1L]), Rows.Select(r => Math.Sqrt(Variance(r))));
        (Tensor std, Tensor mean) = grid.std_mean(1);
        Near(std, Rows.Select(r => Math.Sqrt(Variance(r))));
        Near(mean, Rows.Select(r => r.Average()));
        Near(grid.norm(1), Rows.Select(r => Math.Sqrt(r.Sum(x => x * x))));
        Near(grid.logsumexp(1), Rows.Select(r => Math.Log(r.Sum(Math.Exp))));
        grid.norm().item<double>().Should().BeApproximately(Math.Sqrt(Rows.SelectMany(r => r).Sum(x => x * x)), 1e-12);
        Near(grid.softmax(1)[0], Rows[0].Select(x => Math.Exp(x) / Rows[0].Sum(Math.Exp)));

        static void Near(Tensor actual, IEnumerable<double> expected) =>
            Values(actual).Zip(expected).Should().OnlyContain(p => Math.Abs(p.First - p.Second) < 1e-12);
    }

    [Fact]
    public void Extremes_come_with_their_places()
    {
        using Tensor grid = Grid();
        (Tensor most, Tensor where) = grid.max(1);
        Values(most).Should().Equal(4, 9, 8);
        where.data<long>().ToArray().Should().Equal(2, 1, 3);
        (Tensor least, Tensor there) = grid.min(0, keepdim: true);
        Values(least).Should().Equal(-5, -1, -5, 1);
        there.shape.Should().Equal(1, 4);
        Values(grid.amax(1)).Should().Equal(4, 9, 8);
        Values(grid.amin([0, 1], keepdim: true)).Should().Equal(-5);
        grid.argmax().item<long>().Should().Be(5);
        grid.argmin(1).data<long>().ToArray().Should().Equal(1, 0, 2);
        using Tensor target = zeros([3], dtype: float64);
        grid.amax([1L], @out: target).Should().BeSameAs(target);
        Values(target).Should().Equal(4, 9, 8);
        (Tensor running, Tensor places) = grid.cummax(1);
        Values(running[0]).Should().Equal(3, 3, 4, 4);
        places[0].data<long>().ToArray().Should().Equal(0, 0, 2, 2);
    }

    [Fact]
    public void Truths_are_counted()
    {
        using Tensor positive = Grid() > 0;
        positive.all().item<bool>().Should().BeFalse();
        positive.any(1).data<bool>().ToArray().Should().Equal(true, true, true);
        positive.all(1).data<bool>().ToArray().Should().Equal(false, false, false);
        positive.count_nonzero().item<long>().Should().Be(9);
        positive.nonzero().shape.Should().Equal(9, 2);
        positive.nonzero_as_list().Should().HaveCount(2).And.OnlyContain(t => t.shape.SequenceEqual(new long[] { 9, 1 }));
        torch_where(positive)[0].numel().Should().Be(9);

        static Tensor[] torch_where(Tensor condition) => TorchSharp.torch.where(condition);
    }

    [Fact]
    public void Sorting_tells_where_things_were()
    {
        using Tensor grid = Grid();
        (Tensor sorted, Tensor places) = grid.sort(1, descending: true);
        Values(sorted[0]).Should().Equal(4, 3, 1, -1);
        places[0].data<long>().ToArray().Should().Equal(2, 0, 3, 1);
        grid.argsort(1)[1].data<long>().ToArray().Should().Equal(0, 2, 3, 1);
        (Tensor top, Tensor at) = grid.topk(2, dim: 1);
        Values(top[1]).Should().Equal(9, 6);
        at[1].data<long>().ToArray().Should().Equal(1, 3);
        tensor(new long[] { 2, 1, 2, 0 }).sort(stable: true).Indices.data<long>().ToArray().Should().Equal(3, 1, 0, 2);
        searchsorted(tensor(new[] { 1.0, 3, 5 }), tensor(new[] { 0.0, 3, 9 })).data<long>().ToArray().Should().Equal(0, 1, 3);
        searchsorted(tensor(new[] { 1.0, 3, 5 }), tensor(new[] { 3.0 }), right: true).data<long>().ToArray().Should().Equal(2);
        tensor(new[] { 0.5, 3 }).bucketize(tensor(new[] { 1.0, 2 })).data<long>().ToArray().Should().Equal(0, 2);
        (Tensor kth, _) = grid.kthvalue(2, 1);
        Values(kth).Should().Equal(1, 2, 3);
        (Tensor unique, Tensor back, Tensor counts) = tensor(new long[] { 5, 3, 5, 5 }).unique(return_inverse: true, return_counts: true);
        unique.data<long>().ToArray().Should().Equal(3, 5);
        back.data<long>().ToArray().Should().Equal(1, 0, 1, 1);
        counts.data<long>().ToArray().Should().Equal(1, 3);
        (_, Tensor notAsked, Tensor norThis) = tensor(new long[] { 5, 3 }).unique();
        (notAsked is null && norThis is null).Should().BeTrue();
        tensor(new long[] { 1, 1, 3 }).bincount(null).data<long>().ToArray().Should().Equal(0, 2, 0, 1);
        Values(grid.quantile(tensor(0.5), 1)).Should().Equal(2, 4, 4);
        grid.median().item<double>().Should().Be(3);
    }

    [Fact]
    public void Elements_are_gathered_and_scattered()
    {
        using Tensor grid = Grid();
        using Tensor index = tensor(new long[,] { { 3, 0 }, { 1, 1 }, { 2, 0 } });
        Values(grid.gather(1, index)).Should().Equal(1, 3, 9, 9, -5, 5);
        Values(grid.take_along_dim(index, 1)).Should().Equal(1, 3, 9, 9, -5, 5);
        Values(grid.take(tensor(new[] { 0L, 5L }))).Should().Equal(3, 9);
        Values(grid.index_select(0, tensor(new[] { 2L }))).Should().Equal(Rows[2]);
        Values(grid.masked_select(grid > 5)).Should().Equal(9, 6, 8);
        Values(zeros([1, 3], dtype: float64).scatter(1, tensor(new long[,] { { 2, 0 } }), tensor(new double[,] { { 7, 8 } }))).Should().Equal(8, 0, 7);
        Values(grid.masked_fill(grid < 0, 0)[0]).Should().Equal(3, 0, 4, 1);
    }
}
