using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Tensors;

public class IndexingTests
{
    // 0 1 2 3 / 4 5 6 7 / 8 9 10 11
    private static Tensor Grid() => arange(12).reshape(3, 4);

    private static long[] Values(Tensor tensor) => tensor.data<long>().ToArray();

    [Fact]
    public void Numbers_pick_rows_and_elements()
    {
        using Tensor grid = Grid();
        Values(grid[1]).Should().Equal(4, 5, 6, 7);
        Values(grid[-1]).Should().Equal(8, 9, 10, 11);
        grid[2, 3].item<long>().Should().Be(11);
        grid[^1, ^2].item<long>().Should().Be(10);
    }

    [Fact]
    public void Ranges_pick_parts()
    {
        using Tensor grid = Grid();
        Values(grid[1..]).Should().Equal(4, 5, 6, 7, 8, 9, 10, 11);
        Values(grid[.., 1..3]).Should().Equal(1, 2, 5, 6, 9, 10);
        Values(grid[.., ..^1][0]).Should().Equal(0, 1, 2);
        Values(grid[^2.., ^1..]).Should().Equal(7, 11);
        grid[^0..].shape.Should().Equal(0, 4);
        Values(grid[TensorIndex.Slice(0, 3, 2), 0]).Should().Equal(0, 8);
        Values(grid[TensorIndex.Ellipsis, 1]).Should().Equal(1, 5, 9);
        grid[TensorIndex.None].shape.Should().Equal(1, 3, 4);
        grid[TensorIndex.Colon, TensorIndex.Null, TensorIndex.Single(2)].shape.Should().Equal(3, 1);
    }

    [Fact]
    public void Tensors_pick_by_number_and_by_mask()
    {
        using Tensor grid = Grid();
        Values(grid[tensor(new[] { 2L, 0L })]).Should().Equal(8, 9, 10, 11, 0, 1, 2, 3);
        Values(grid[tensor(new[] { 0L, 1L }), tensor(new[] { 3L, 2L })]).Should().Equal(3, 6);
        Values(grid[grid % 5 == 0]).Should().Equal(0, 5, 10);
        Values(grid[TensorIndex.Slice(), TensorIndex.Tensor(tensor(new[] { 3L, 0L }))]).Should().Equal(3, 0, 7, 4, 11, 8);
    }

    [Fact]
    public void What_is_picked_by_numbers_and_ranges_is_a_view()
    {
        using Tensor grid = Grid();
        grid[1].fill_(-1);
        grid[.., 3..].zero_();
        Values(grid).Should().Equal(0, 1, 2, 0, -1, -1, -1, 0, 8, 9, 10, 0);
    }

    [Fact]
    public void Parts_can_be_set()
    {
        using Tensor grid = Grid();
        grid[0] = tensor(new[] { 9L, 9L, 9L, 9L });
        grid[1, 2] = tensor(-6L);
        grid[2.., ..2] = tensor(-1L);
        grid[tensor(new[] { 1L })] = tensor(5L);
        Values(grid).Should().Equal(9, 9, 9, 9, 5, 5, 5, 5, -1, -1, 10, 11);
        grid[grid == 5] = tensor(0L);
        Values(grid[1]).Should().Equal(0, 0, 0, 0);
    }

    [Fact]
    public void Index_put_adds_up_when_asked_to()
    {
        using Tensor sums = zeros([3], dtype: int64);
        sums.index_put_(tensor(new[] { 1L, 2L, 4L }), [tensor(new[] { 0L, 2L, 0L })], accumulate: true);
        Values(sums).Should().Equal(5, 0, 2);
        sums.index_put_(7, TensorIndex.Single(1));
        Values(sums).Should().Equal(5, 7, 2);
    }

    [Fact]
    public void Indices_out_of_range_are_errors()
    {
        using Tensor grid = Grid();
        Action tooFar = () => _ = grid[3];
        Action tooMany = () => _ = grid[0, 0, 0];
        Action none = () => _ = grid[(Tensor)null!];
        tooFar.Should().Throw<Exception>().WithMessage("*index 3 is out of bounds for dimension 0 with size 3*");
        tooMany.Should().Throw<Exception>().WithMessage("*too many indices*");
        none.Should().Throw<ArgumentNullException>();
    }
}
