using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class TripletFindingTests
{
    public static TheoryData<string, string> LossesAndDistances()
    {
        var data = new TheoryData<string, string>();
        foreach (var loss in new[] { "semi-hard", "hard", "soft", "all" })
        {
            foreach (var distance in new[] { "squared-L2", "L2", "angular" })
                data.Add(loss, distance);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(LossesAndDistances))]
    public void A_healthy_batch_has_none(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        Findings(kind, distance, 0.2, Labels(), Clusters(noise: 0.15)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(LossesAndDistances))]
    public void Coinciding_embeddings_have_collapsed(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        var points = Unit(ones(32, 8).Plus(Arithmetic.Normal(32, 8, seed: 1).Times(1e-4)));
        Findings(kind, distance, 0.2, Labels(), points).Should().Equal(TripletFindingKind.Collapsed);
        Findings(kind, distance, 0.2, Labels(), ones(32, 8)).Should().Equal(TripletFindingKind.Collapsed);
        if (distance != "angular")
            Findings(kind, distance, 0.2, Labels(), Clusters(noise: 0.15).Times(1e-3)).Should().Equal(TripletFindingKind.Collapsed);
    }

    [Theory]
    [MemberData(nameof(LossesAndDistances))]
    public void Classes_that_coincide_in_pairs_have_not_collapsed(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        // Every positive and every nearest negative is in the same place, but the places are far apart.
        var places = eye(8).index_select(0, tensor([.. Enumerable.Range(0, 32).Select(i => i % 4 / 2L)]));
        TripletFindingKind[] expected = kind == "semi-hard" ? [TripletFindingKind.AllSatisfied] : [];
        Findings(kind, distance, 0.2, Labels(), places).Should().Equal(expected);
    }

    [Theory]
    [InlineData("squared-L2", 4)]
    [InlineData("L2", 2)]
    [InlineData("angular", 2)]
    public void A_margin_beyond_unit_vectors_cannot_be_reached(string distance, double largest)
    {
        foreach (var kind in new[] { "semi-hard", "hard", "all" })
        {
            using var scope = NewDisposeScope();
            var points = Clusters(noise: 0.15);
            Findings(kind, distance, largest, Labels(), points).Should().Equal(TripletFindingKind.UnreachableMargin);
            Findings(kind, distance, largest * 50, Labels(), points).Should().Equal(TripletFindingKind.UnreachableMargin);
            Findings(kind, distance, largest * 0.99, Labels(), points).Should().BeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(LossesAndDistances))]
    public void Without_a_pair_nothing_else_is_said(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        var points = Arithmetic.Normal(32, 8, seed: 2);
        Findings(kind, distance, 0.2, Arithmetic.Count(32), points).Should().Equal(TripletFindingKind.NoPositives);
        Findings(kind, distance, 0.2, zeros(32, ScalarType.Int64), points).Should().Equal(TripletFindingKind.NoNegatives);
        Findings(kind, distance, 0.2, zeros(1, ScalarType.Int64), points.narrow(0, 0, 1))
            .Should().Equal(TripletFindingKind.NoPositives, TripletFindingKind.NoNegatives);
        Findings(kind, distance, 0.2, zeros(0, ScalarType.Int64), points.narrow(0, 0, 0)).Should().Equal(TripletFindingKind.EmptyBatch);
    }

    [Theory]
    [MemberData(nameof(LossesAndDistances))]
    public void Separated_classes_are_satisfied(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        TripletFindingKind[] expected = kind == "soft" ? [] : [TripletFindingKind.AllSatisfied];
        Findings(kind, distance, 0.2, Labels(), Clusters(noise: 0.001)).Should().Equal(expected);
    }

    [Theory]
    [MemberData(nameof(LossesAndDistances))]
    public void Length_matters_to_a_margin_of_a_distance_that_grows_with_it(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        TripletFindingKind[] expected = kind == "soft" || distance == "angular" ? [] : [TripletFindingKind.NotUnitLength];
        Findings(kind, distance, 0.2, Labels(), Clusters(noise: 0.2).Times(1.5)).Should().Equal(expected);
    }

    [Theory]
    [MemberData(nameof(LossesAndDistances))]
    public void Embeddings_that_are_not_finite_leave_nothing_else_to_say(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        var points = Clusters(noise: 0.15);
        points[7, 0] = tensor(float.NaN);
        Findings(kind, distance, 0.2, Labels(), points).Should().Equal(TripletFindingKind.NonFiniteEmbeddings);
    }

    [Fact]
    public void Many_lonely_anchors_are_found()
    {
        using var scope = NewDisposeScope();
        var labels = tensor([.. Enumerable.Range(0, 20).Select(i => (long)i), .. Enumerable.Range(0, 12).Select(i => 20L + (i % 2))]);
        Findings("semi-hard", "squared-L2", 0.2, labels, Unit(Arithmetic.Normal(32, 8, seed: 3)))
            .Should().Equal(TripletFindingKind.FewPositives);
    }

    [Fact]
    public void Stand_below_the_tables_with_what_to_do()
    {
        using var scope = NewDisposeScope();
        var report = new TripletSemiHardLoss(margin: 5).Inspect(Labels(), Clusters(noise: 0.15));
        report.ToString().Should().Contain("\n\n- **UnreachableMargin**: unit vectors are at most 4 apart by squared-L2").And.EndWith("usual.");
        report.Findings.Should().ContainSingle().Which.Text.Should().Contain("0.2 to 1");
    }

    private static IEnumerable<TripletFindingKind> Findings(string kind, string distance, double margin, Tensor labels, Tensor points) =>
        TripletReportTests.Loss(kind, distance, margin: margin).Inspect(labels, points).Findings.Select(finding => finding.Kind);

    private static Tensor Labels() => Arithmetic.Cycle(32, 4);

    // Four classes around four axes.
    private static Tensor Clusters(double noise) =>
        Unit(eye(8).index_select(0, Labels()).Plus(Arithmetic.Normal(32, 8, seed: 4).Times(noise)));

    private static Tensor Unit(Tensor points) => points / points.norm(1, keepdim: true);
}
