namespace TripletLoss.Tests;

public class SimdKernelTests
{
    private const int Cases = 150;

    private static readonly RuleKind[] Rules = Enum.GetValues<RuleKind>();

    public static TheoryData<int> RuleNumbers => [.. Enumerable.Range(0, Rules.Length)];

    [Theory]
    [MemberData(nameof(RuleNumbers))]
    public void Agrees_with_naive_loops_where_ties_are_exact(int rule) =>
        ShouldAgree([.. Enumerable.Range(0, Cases).Select(seed => SimdCases.OnGrid(seed, Rules[rule]))]);

    [Theory]
    [InlineData(2, 150)]
    [InlineData(2, 301)]
    public void Agrees_with_naive_loops_on_large_classes_whatever_the_margin(int classes, int count)
    {
        // From no positive that is active to all of them, which then weigh the same.
        foreach (double margin in new[] { 0.1, 1e4 })
            ShouldAgree([.. from rule in Rules from alone in new[] { false, true } from copies in new[] { false, true } select SimdCases.OfLargeClasses(classes, count, rule, margin, alone, copies)]);
    }

    [Theory]
    [InlineData(4, 9)]
    [InlineData(20, 41)]
    [InlineData(70, 9)]
    public void Agrees_with_naive_loops_whatever_share_of_the_triplets_is_active(int classSize, int dimension)
    {
        // Squared distances are 13 · dimension on average, with a deviation of about a third.
        foreach (double margin in new[] { 0, 3.3, 9, 15, 110 })
        {
            ShouldAgree([.. from rule in Rules from way in Enum.GetValues<MiningWay>() from alone in new[] { false, true } from weighted in new[] { false, true }
                select SimdCases.OfClasses(classSize, dimension, rule, Math.Round(margin * dimension), alone, weighted, way)]);
        }
    }

    [Fact]
    public void Agrees_with_naive_loops_far_from_the_origin_when_all_triplets_are_active()
    {
        // Out there floats are whole numbers, and the mean of a class is none.
        SimdCase[] problems = [.. from rule in Rules from way in Enum.GetValues<MiningWay>() select SimdCases.OfClasses(20, 41, rule, 1e4, alone: true, weighted: true, way)];
        foreach (SimdCase problem in problems)
        {
            for (int i = 0; i < problem.Anchors.Length; i++)
                problem.Anchors[i] += 1 << 23;
        }
        ShouldAgree(problems);
    }

    [Fact]
    public void Rows_of_few_weights_lose_no_digit_where_two_happen_to_be_alike()
    {
        SimdCase problem = SimdCases.OfClasses(64, 16, RuleKind.SemiHard, margin: 1000, alone: true, weighted: true, MiningWay.Rows, count: 960);
        ShouldAgree(problem.Run().AnchorGradient, new SimdOracle(problem).Outcome.AnchorGradient, 1e-5, "gradient");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_point_far_out_costs_the_others_no_digit_where_it_weighs_nothing(bool rows)
    {
        MiningWay way = rows ? MiningWay.Rows : MiningWay.Tiles;
        const int Dimension = 20, Count = 240, Outliers = 4;
        SimdCase batch = SimdCases.Normal(5, Count, 8, Dimension, RuleKind.BatchAll, lanes: 16, way: way);
        for (int i = 0; i < Outliers; i++)
        {
            batch.AnchorLabels[i] = -1 - i;
            batch.Anchors.AsSpan(i * Dimension, Dimension).Fill(i % 2 == 0 ? 1e6f : -1e6f);
        }
        SimdCase problem = new()
        {
            Anchors = batch.Anchors,
            AnchorLabels = batch.AnchorLabels,
            Dimension = Dimension,
            Rule = RuleKind.BatchAll,
            Margin = 1000,
            Coefficients = batch.Coefficients,
            Lanes = 16,
            Way = way,
        };
        SimdOutcome expected = new SimdOracle(problem).Outcome, actual = problem.Run();
        actual.ActiveCount.Should().Be(expected.ActiveCount);
        ShouldAgree(actual.AnchorGradient, expected.AnchorGradient, 1e-5, "gradient");
    }

    private static void ShouldAgree(SimdCase[] problems)
    {
        for (int seed = 0; seed < problems.Length; seed++)
        {
            SimdCase problem = problems[seed];
            SimdOutcome expected = new SimdOracle(problem).Outcome;
            SimdOutcome actual = problem.Run();
            actual.TermCount.Should().Be(expected.TermCount, "seed {0}", seed);
            if (problem.Rule != RuleKind.BatchAll)
                actual.Choices.Should().Equal(expected.Choices, "seed {0}", seed);
            if (!problem.Soft && problem.Scale != DistanceScale.Root)
                actual.ActiveCount.Should().Be(expected.ActiveCount, "seed {0}", seed);
            ShouldAgree(actual.Sums, expected.Sums, 1e-5, $"losses of seed {seed}");
            ShouldAgree(actual.AnchorGradient, expected.AnchorGradient, 2e-5, $"gradient of seed {seed}");
            ShouldAgree(actual.ReferenceGradient, expected.ReferenceGradient, 2e-5, $"gradient of the references of seed {seed}");
        }
    }

    [Theory]
    [InlineData(2, 64)]
    [InlineData(4, 300)]
    [InlineData(16, 300)]
    [InlineData(130, 300)]
    [InlineData(260, 330)]
    [InlineData(300, 300)]
    public void Agrees_with_naive_loops_on_both_sides_of_every_border(int classSize, int count)
    {
        foreach (RuleKind rule in Rules)
        {
            SimdOutcome expected = new SimdOracle(SimdCases.Normal(classSize, count, classSize, 20, rule)).Outcome;
            foreach (MiningWay way in Enum.GetValues<MiningWay>())
            {
                SimdOutcome actual = SimdCases.Normal(classSize, count, classSize, 20, rule, way: way).Run();
                double terms = Math.Max(rule == RuleKind.BatchAll ? expected.ActiveCount : expected.TermCount, 1);
                (actual.Sums.Sum() / terms).Should().BeApproximately(expected.Sums.Sum() / terms, 1e-5 * 40);

                // A choice between two distances that differ by rounding may fall either way.
                ShouldAgree(actual.AnchorGradient, expected.AnchorGradient, 5e-2, $"gradient of {rule}, {way}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(RuleNumbers))]
    public void Gives_the_same_bits_whatever_the_threads(int rule)
    {
        foreach (MiningWay way in Enum.GetValues<MiningWay>())
        {
            SimdOutcome[] outcomes = [.. new[] { 1, 2, 3, 8, 64, 2 }.Select(threads => SimdCases.Normal(7, 700, 4, 24, Rules[rule], threads: threads, way: way).Run())];
            foreach (SimdOutcome outcome in outcomes.Skip(1))
            {
                outcome.Sums.Should().Equal(outcomes[0].Sums);
                outcome.AnchorGradient.Should().Equal(outcomes[0].AnchorGradient);
            }
        }
    }

    [Theory]
    [MemberData(nameof(RuleNumbers))]
    public void Gives_the_same_bits_whatever_the_threads_with_references_and_near_duplicates(int rule)
    {
        SimdCase batch = SimdCases.Normal(3, 1300, 40, 24, Rules[rule]);
        for (int i = 0; i < batch.Anchors.Length / 4; i++)
            batch.Anchors[^(i + 1)] = batch.Anchors[i] + (i % 3 * 1e-4f);
        SimdOutcome Run(int threads, MiningWay way) => new SimdCase
        {
            Anchors = batch.Anchors[..(500 * 24)],
            AnchorLabels = batch.AnchorLabels[..500],
            References = batch.Anchors[(300 * 24)..],
            ReferenceLabels = batch.AnchorLabels[300..],
            Dimension = 24,
            Rule = Rules[rule],
            Coefficients = batch.Coefficients[..500],
            Way = way,
            Threads = threads,
        }.Run();
        foreach (MiningWay way in Enum.GetValues<MiningWay>())
        {
            SimdOutcome one = Run(1, way);
            one.ActiveCount.Should().BePositive();
            foreach (int threads in new[] { 2, 3, 8, 64 })
            {
                SimdOutcome outcome = Run(threads, way);
                outcome.Sums.Should().Equal(one.Sums);
                outcome.AnchorGradient.Should().Equal(one.AnchorGradient);
                outcome.ReferenceGradient.Should().Equal(one.ReferenceGradient);
            }
        }
    }

    [Theory]
    [MemberData(nameof(RuleNumbers))]
    public void Agrees_at_every_width(int rule)
    {
        SimdOutcome narrow = SimdCases.Normal(11, 400, 4, 37, Rules[rule], lanes: 4).Run();
        foreach (int lanes in new[] { 8, 16 })
        {
            SimdOutcome wide = SimdCases.Normal(11, 400, 4, 37, Rules[rule], lanes).Run();
            wide.Choices.Should().Equal(narrow.Choices);
            ShouldAgree(wide.Sums, narrow.Sums, 1e-5, "losses");
            ShouldAgree(wide.AnchorGradient, narrow.AnchorGradient, 1e-5, "gradient");
        }
    }

    [Fact]
    public void Tells_points_of_a_tight_clump_apart()
    {
        // Two clumps far from the origin: their inner distances are beyond the digits of the product form.
        SimdCase spread = SimdCases.Normal(3, 120, 4, 16, RuleKind.SemiHard);
        float[] clumps = [.. spread.Anchors.Select((value, i) =>
            (MathF.Round(value * 256) / 65536f) + (i / 16 % 2 == 0 ? 8f : -8f))];
        SimdCase problem = new()
        {
            Anchors = clumps,
            AnchorLabels = spread.AnchorLabels,
            Dimension = 16,
            Margin = 1e-3,
            Coefficients = spread.Coefficients,
        };
        SimdChoice[] expected = [.. new SimdOracle(problem).Outcome.Choices];
        SimdChoice[] actual = [.. problem.Run().Choices];
        int[] within = [.. Enumerable.Range(0, expected.Length).Where(i => (expected[i].Anchor - expected[i].Negative) % 2 == 0)];
        within.Should().NotBeEmpty();
        within.Select(i => actual[i]).Should().Equal(within.Select(i => expected[i]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.MaxValue)]
    public void Comes_back_from_what_is_not_finite(float poison)
    {
        foreach (RuleKind rule in Rules)
        {
            foreach (MiningWay way in Enum.GetValues<MiningWay>())
            {
                SimdCase problem = SimdCases.Normal(5, 200, 4, 8, rule, threads: 2, way: way);
                problem.Anchors[77] = poison;
                problem.Anchors[901] = -poison;
                problem.Run().Answer.Should().Be(float.IsFinite(poison) ? KernelAnswer.OutOfRange : KernelAnswer.NotFinite);
            }
        }
    }

    [Fact]
    public void Hands_choices_on_as_they_come()
    {
        SimdOutcome outcome = SimdCases.Normal(2, 700, 350, 8, RuleKind.SemiHard, threads: 2).Run();
        outcome.Choices.Select(choice => (choice.Anchor, choice.Positive)).Distinct().Should().HaveCount(700 * 349).And.HaveSameCount(outcome.Choices);
        outcome.MostReadAtOnce.Should().BeLessThanOrEqualTo(1 << 15);
    }

    [Fact]
    public void Runs_on_several_threads_at_once()
    {
        double[] alone = SimdCases.Normal(1, 500, 4, 48, RuleKind.SemiHard, threads: 2).Run().Sums;
        Parallel.For(0, 16, _ =>
            SimdCases.Normal(1, 500, 4, 48, RuleKind.SemiHard, threads: 2).Run().Sums.Should().Equal(alone));
    }

    private static void ShouldAgree(IEnumerable<float> actual, IEnumerable<float> expected, double share, string what) =>
        ShouldAgree([.. actual.Select(value => (double)value)], [.. expected.Select(value => (double)value)], share, what);

    private static void ShouldAgree(double[] actual, double[] expected, double share, string what)
    {
        double tolerance = (share * expected.Select(Math.Abs).DefaultIfEmpty(0).Max()) + 1e-6;
        double worst = actual.Zip(expected, (x, y) => double.IsNaN(x) ? double.NaN : Math.Abs(x - y)).DefaultIfEmpty(0).Max();
        worst.Should().BeLessThanOrEqualTo(tolerance, what);
    }
}
