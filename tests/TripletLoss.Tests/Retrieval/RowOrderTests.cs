using System.Numerics;
using FsCheck.Xunit;

namespace TripletLoss.Tests;

/// <summary>Sorting, counting and choosing in rows of bounds, the odd numbers included.</summary>
public class RowOrderTests
{
    private static readonly double[] Odd = [0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, float.MaxValue, float.MinValue, 1e300, -1e300];

    [Property(MaxTest = 300)]
    public void RowsAreSortedByDistanceThenPosition(int[] numbers, int seed)
    {
        double[] distances = [.. Odd, .. Ties(numbers), .. Odd, double.PositiveInfinity, double.PositiveInfinity];
        foreach (double[] widths in Widths(distances, seed))
        {
            var row = Row<double>(distances, widths);
            new RowSorter(row).Order().ToArray().Should().Equal(Expected(distances));
            int left = distances.Length / 2;
            row.LeaveOut(left);
            new RowSorter(row).Order().ToArray().Should().Equal(Expected(distances).Where(position => position != left));
        }
    }

    [Property(MaxTest = 300)]
    public void NumbersThatAgreeInTheirFirstDigitsAreSortedToo(int[] numbers)
    {
        double[] distances = [.. numbers.Select(number => 1 + number % 7 * 1e-12)];
        var row = Row<double>(distances, new double[distances.Length]);
        new RowSorter(row).Order().ToArray().Should().Equal(Expected(distances));
    }

    [Fact]
    public void ASorterSortsOneRowAfterAnother()
    {
        var row = Row<double>([3, 1, 2], [0, 0, 0]);
        var sorter = new RowSorter(row);
        sorter.Order().ToArray().Should().Equal(1, 2, 0);
        row.LeaveOut(2);
        sorter.Order().ToArray().Should().Equal(1, 0);
        row.Read(0);
        sorter.Order().ToArray().Should().Equal(1, 2, 0);
    }

    [Property(MaxTest = 300)]
    public void RanksAreCounted(int[] numbers, int seed, byte every)
    {
        double[] distances = [.. Ties(numbers), .. Ties(numbers), 3, 1e5, -1e5];
        int[] ranked = [.. Enumerable.Range(0, distances.Length).Where(i => i % (1 + every % 5) == 0)];
        int[] order = Expected(distances), ranks = new int[ranked.Length];
        foreach (double[] widths in Widths(distances, seed))
        {
            if (new RowCounter<float>(Row<float>(distances, widths)).TryRank(ranked, ranks))
                ranks.Should().Equal(ranked.Select(reference => 1 + Array.IndexOf(order, reference)));
            if (new RowCounter<double>(Row<double>(distances, widths)).TryRank(ranked, ranks))
                ranks.Should().Equal(ranked.Select(reference => 1 + Array.IndexOf(order, reference)));
            // Four are counted whatever the bounds leave open.
            int[] few = ranked[..Math.Min(4, ranked.Length)];
            new RowCounter<float>(Row<float>(distances, widths)).TryRank(few, ranks).Should().BeTrue();
            ranks.Take(few.Length).Should().Equal(few.Select(reference => 1 + Array.IndexOf(order, reference)));
        }
    }

    [Property(MaxTest = 300)]
    public void RanksAreFoundInBuckets(int[] numbers, float[] others, int seed, byte every)
    {
        double[] distances = [.. Ties(numbers), .. others.Where(float.IsFinite).Select(number => (double)number), .. Ties(numbers), 3, 1e5, -1e5];
        int[] ranked = [.. Enumerable.Range(0, distances.Length).Where(i => i % (1 + every % 5) == 0)];
        int[] ranks = new int[ranked.Length];
        foreach (double[] widths in Widths(distances, seed))
        {
            var row = Row<float>(distances, widths);
            var histogram = new RankHistogram(row);
            for (int left = -1; left < distances.Length; left += 1 + distances.Length / 3)
            {
                int[] order = [.. Expected(distances).Where(position => position != left)], kept = [.. ranked.Where(position => position != left)];
                if (left >= 0)
                    row.LeaveOut(left);
                if (kept.Length == 0)
                    continue;
                histogram.Rank(kept, ranks.AsSpan(0, kept.Length));
                ranks.Take(kept.Length).Should().Equal(kept.Select(reference => 1 + Array.IndexOf(order, reference)).Order());
                row.Read(0);
            }
        }
    }

    [Theory]
    [InlineData(3.4e38, -3.4e38)]
    [InlineData(-3.4e38, 3.4e38)]
    public void DistancesWhoseDifferenceOverflowsAreRanked(double one, double other)
    {
        var row = Row<float>([one, other, 3], new double[3]);
        int[] ranks = new int[1];
        new RankHistogram(row).Rank([0], ranks);
        ranks.Should().Equal(one > other ? 3 : 1);
    }

    [Property(MaxTest = 300)]
    public void TheNearestAreFound(int[] numbers, int seed, byte many)
    {
        double[] distances = [.. Ties(numbers), .. Ties(numbers), 3, double.PositiveInfinity, double.PositiveInfinity];
        int k = 1 + many % distances.Length;
        foreach (double[] widths in Widths(distances, seed))
        {
            var (positions, exact) = new RowNeighbours<double>(new GivenBounds<double>(distances, widths), k).Find(0, self: -1);
            positions.Should().Equal(Expected(distances).Take(k));
            exact.Should().Equal(positions.Select(position => distances[position]));
            int self = distances.Length / 2;
            (positions, _) = new RowNeighbours<double>(new GivenBounds<double>(distances, widths), k).Find(0, self);
            positions.Should().Equal(Expected(distances).Where(position => position != self).Take(k));
        }
    }

    [Fact]
    public void WhatIsClearIsNotAskedFor()
    {
        double[] distances = [.. Enumerable.Range(0, 5000).Select(i => (double)(i * 7919 % 5000))];
        double[] narrow = [.. distances.Select(_ => 0.4)];
        Asked(bounds => new RowSorter(Read(new BoundedRow<double>(bounds))).Order()).Should().Be(0);
        Asked(bounds => new RowNeighbours<double>(bounds, 10).Find(0, -1)).Should().BeLessThan(12);
        Asked(bounds => new RowCounter<double>(Read(new BoundedRow<double>(bounds))).TryRank([5, 6, 7], new int[3])).Should().Be(3);

        int Asked(Action<GivenBounds<double>> call)
        {
            var bounds = new GivenBounds<double>(distances, narrow);
            call(bounds);
            return bounds.Asked;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    public void WhatIsOpenEverywhereIsLeftToASort(double width)
    {
        // All as far: a pass for four references compares all, and a second would again.
        var row = Row<float>(new double[100], [.. Enumerable.Repeat(width, 100)]);
        int[] ranks = new int[8];
        new RowCounter<float>(row).TryRank([3, 1, 99, 0, 50, 51, 52, 53], ranks).Should().BeFalse();
        new RowCounter<float>(row).TryRank([3, 1, 99, 0], ranks).Should().BeTrue();
        ranks[..4].Should().Equal(4, 2, 100, 1);
        new RankHistogram(row).Rank([3, 1, 99, 0, 50, 51, 52, 53], ranks);
        ranks.Should().Equal(1, 2, 4, 51, 52, 53, 54, 100);
    }

    // None; narrow; and some so wide that they leave everything open.
    private static IEnumerable<double[]> Widths(double[] distances, int seed)
    {
        var random = new Random(seed);
        yield return new double[distances.Length];
        yield return [.. distances.Select(_ => random.NextDouble())];
        yield return [.. distances.Select(_ => random.Next(4) == 0 ? 10 * random.NextDouble() : 0)];
    }

    private static double[] Ties(int[] numbers) => [.. numbers.Select(number => number % 5 + (number % 3 == 0 ? 1e-9 : 0))];

    private static int[] Expected(double[] distances) =>
        [.. Enumerable.Range(0, distances.Length).OrderBy(i => distances[i]).ThenBy(i => i)];

    private static BoundedRow<T> Row<T>(double[] distances, double[] widths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Read(new BoundedRow<T>(new GivenBounds<T>(distances, widths)));

    private static BoundedRow<T> Read<T>(BoundedRow<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        row.Read(0);
        return row;
    }
}
