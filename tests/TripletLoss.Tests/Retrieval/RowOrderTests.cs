using FsCheck.Xunit;

namespace TripletLoss.Tests;

/// <summary>Sorting and counting rows of numbers, the odd ones included.</summary>
public class RowOrderTests
{
    private static readonly float[] Odd =
        [0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity];

    [Property(MaxTest = 300)]
    public void RowsAreSortedByValueThenPosition(int[] numbers, float[] others)
    {
        float[] row = Row(numbers, others);
        int[] expected = [.. Enumerable.Range(0, row.Length).OrderBy(i => row[i]).ThenBy(i => i)];
        Sorted(new RowSorter<float>(row.Length), row).Should().Equal(expected);
        double[] wide = Array.ConvertAll(row, number => (double)number);
        Sorted(new RowSorter<double>(row.Length), wide).Should().Equal(expected);
        int skip = row.Length / 2;
        Sorted(new RowSorter<float>(row.Length), row, skip).Should().Equal(expected.Where(position => position != skip));
    }

    [Property(MaxTest = 300)]
    public void DoublesThatAgreeInTheirFirstDigitsAreSortedToo(int[] numbers)
    {
        double[] row = [.. numbers.Select(number => 1 + number % 7 * 1e-12)];
        Sorted(new RowSorter<double>(row.Length), row)
            .Should().Equal(Enumerable.Range(0, row.Length).OrderBy(i => row[i]).ThenBy(i => i));
    }

    [Fact]
    public void ASorterSortsOneRowAfterAnother()
    {
        var sorter = new RowSorter<double>(3);
        Sorted(sorter, [3.0, 1.0, 2.0]).Should().Equal(1, 2, 0);
        Sorted(sorter, [1e-300, 1e300, -5.0]).Should().Equal(2, 0, 1);
        Sorted(sorter, [7.0, 7.0, 7.0], skip: 1).Should().Equal(0, 2);
    }

    [Property(MaxTest = 300)]
    public void RanksAreCounted(int[] numbers, float[] others, int first)
    {
        float[] row = [.. Row(numbers, others).Where(number => !float.IsNegativeInfinity(number)), float.NaN];
        for (int count = 1; count <= RowCounter.Block; count++)
        {
            int start = (int)((uint)first % (row.Length - count));
            int[] positions = [.. Enumerable.Range(0, count).Select(i => start + i)];
            int[] expected = [.. positions.Select(position => 1 + Enumerable.Range(0, row.Length)
                .Count(i => row[i] < row[position] || (row[i] == row[position] && i < position)))];
            int[] ranks = new int[count];
            RowCounter.Rank<float>(row, positions, ranks);
            ranks.Should().Equal(expected);
            RowCounter.Rank<double>(Array.ConvertAll(row, number => (double)number), positions, ranks);
            ranks.Should().Equal(expected);
        }
    }

    [Property(MaxTest = 300)]
    public void RanksAreFoundInBuckets(int[] numbers, float[] others, int every)
    {
        float[] row = [.. Row(numbers, others), float.PositiveInfinity];
        int[] finite = [.. Enumerable.Range(0, row.Length).Where(i => float.IsFinite(row[i]) && Math.Abs(row[i]) < 1e6f)];
        int[] positions = [.. finite.Where((_, i) => i % (1 + Math.Abs(every % 5)) == 0)];
        int[] ranks = new int[positions.Length];
        var buckets = new RowBuckets(row.Length + 3);
        if (!buckets.TryRank(row, positions, ranks) || !buckets.TryRank(row, positions, ranks))
            return;
        ranks.Should().Equal(positions.Select(position => 1 + Enumerable.Range(0, row.Length)
            .Count(i => row[i] < row[position] || (row[i] == row[position] && i < position))).Order());
    }

    [Fact]
    public void BucketsRefuseWhatTheyCannotSpread()
    {
        float[] row = [.. Enumerable.Range(0, 100).Select(i => (float)i), 1e9f, float.PositiveInfinity];
        var buckets = new RowBuckets(row.Length);
        buckets.TryRank(row, [.. Enumerable.Range(0, 100)], new int[100]).Should().BeTrue();
        buckets.TryRank(row, [.. Enumerable.Range(0, 101)], new int[101]).Should().BeFalse("an outlier leaves one bucket to the others");
        buckets.TryRank(row, [5, 101], new int[2]).Should().BeFalse("the range is infinite");
        buckets.TryRank(row, [5], new int[1]).Should().BeFalse("there is no range");
    }

    private static float[] Row(int[] numbers, float[] others) => [
        .. Odd, .. numbers.Select(number => (float)(number % 5)), .. others.Where(number => !float.IsNaN(number)), .. Odd, .. numbers.Select(number => number / 3f)];

    private static int[] Sorted<T>(RowSorter<T> sorter, T[] row, int skip = -1)
        where T : unmanaged, IComparable<T> => Array.ConvertAll(sorter.Order(row, skip).ToArray(), RowSorter<T>.Position);
}
