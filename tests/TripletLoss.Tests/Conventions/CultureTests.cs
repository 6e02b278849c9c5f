using System.Globalization;
using TripletLoss.Tests.Configuration;
using static TorchSharp.torch;

namespace TripletLoss.Tests.Conventions;

/// <summary>What the library says does not depend on where the program runs: German has a decimal comma, Swedish a minus sign of its own.</summary>
public class CultureTests
{
    private static readonly long[,] NoRows = { { 0, -1, 2 } };

    public static TheoryData<string, Func<string>> Texts()
    {
        var data = new TheoryData<string, Func<string>>();
        Add("margin", () => new TripletSemiHardLoss(-0.5));
        Add("large margin", () => new TripletHardLoss(double.NegativeInfinity));
        Add("explicit margin", () => new ExplicitTripletLoss(-1234.5));
        Add("margin of a function", () => TripletFunctions.Hinge(zeros(1, 1), zeros(1, 1), zeros(1, 1), -0.5));
        Add("margin of a miner", () => TripletMiner.BatchAll(Arithmetic.Count(4), zeros(4, 2), -0.5));
        Add("margin of a kind", () => TripletFunctions.IsKind(TripletKind.Easy, zeros(1, 1), zeros(1, 1), zeros(1, 1), -0.5));
        Add("limit", () => TripletMiner.BatchAll(Arithmetic.Cycle(40, 2), zeros(40, 2), limit: -1000));
        Add("per anchor", () => TripletMiner.Select(Arithmetic.Count(4), zeros(4, 2), perAnchor: -3));
        Add("choice", () => TripletMiner.Select(Arithmetic.Count(4), zeros(4, 2), (PositiveChoice)(-3)));
        Add("reduction", () => new TripletSemiHardLoss(reduction: (LossReduction)(-7)));
        Add("reduction of a configuration", () => new LossConfig(("reduction", (LossReduction)(-7))));
        Add("rows", () => new ExplicitTripletLoss().Call(tensor(NoRows), zeros(3, 2)));
        Add("own copies", () => new TripletSemiHardLoss().Call(Arithmetic.Count(2), zeros(2, 2), new ReferenceSet(Arithmetic.Count(2), zeros(2, 2), tensor([0L, -4]))));
        Add("shapes", () => new TripletSemiHardLoss().Call(Arithmetic.Count(3), zeros(2, 2)));
        Add("type", () => new TripletSemiHardLoss().Call(zeros(3, 2), Arithmetic.Count(3)));
        Add("weights", () => new TripletSemiHardLoss().Call(Arithmetic.Count(3), zeros(3, 2), zeros(5)));
        Add("configuration", () => new LossConfig(("margin", "x"), ("soft", -0.5)).WithDefaultsOf(new TripletHardLoss()));
        Add("boolean", () => new LossConfig(("soft", -1.5)).GetBoolean("soft"));
        Add("integer", () => new LossConfig(("count", -1.5)).GetInt64("count"));
        Add("string", () => new LossConfig(("name", -15)).Name!);
        Add("JSON number", () => Losses.Deserialize("""{"class_name": "TripletHardLoss", "config": {"name": -0.5}}"""));
        Add("JSON margin", () => Losses.Deserialize("""{"class_name": "TripletHardLoss", "config": {"margin": -1234.5}}"""));
        Add("JSON list", () => Losses.Deserialize("-0.5"));
        Add("JSON outputs", () => Losses.Deserialize("""{"loss": ["a", "b"]}"""));
        Add("malformed", () => Losses.Deserialize("""{"class_name": -"""));
        Add("written number", () => Losses.Serialize(new VariedLoss(double.NegativeInfinity)));
        Add("JSON", () => Losses.Serialize(new TripletSemiHardLoss(0.25), indented: true));
        Add("configuration's text", () => new LossConfig(("a", -0.5), ("b", -3), ("c", double.NaN), ("d", double.NegativeInfinity)).ToString());
        Add("loss's text", () => new TripletBatchAllLoss(0.25).ToString());
        Add("report", () => new TripletSemiHardLoss(0.25).Inspect(Arithmetic.Cycle(40, 4), Arithmetic.Count(80).to_type(float32).reshape(40, 2).mul(tensor(0.37f)).sin()).ToString());
        Add("report's JSON", () => System.Text.Json.JsonSerializer.Serialize(new TripletSemiHardLoss(0.25).Inspect(Arithmetic.Count(4), zeros(4, 2))));
        Add("finding", () => string.Join('\n', new TripletSemiHardLoss(5.5).Inspect(Arithmetic.Cycle(8, 2), nn.functional.normalize(Arithmetic.Count(16).to_type(float32).reshape(8, 2))).Findings));
        Add("triplets", () => TripletMiner.BatchHard(Arithmetic.Cycle(2000, 4), Arithmetic.Count(2000).to_type(float32).reshape(2000, 1)).ToString());
        Add("figures", () => RetrievalMetrics.LeaveOneOut(Arithmetic.Cycle(2000, 4), Arithmetic.Count(2000).to_type(float32).reshape(2000, 1)).ToString());
        Add("cut-offs", () => Found().At(5).ToString());
        Add("class's score", () => Found().ClassScores[0].ToString());
        Add("query's score", () => Found().QueryScores[0].ToString());
        Add("another cut-off", () => Found().At(-3));
        Add("cut-off below 1", () => RetrievalMetrics.LeaveOneOut(Arithmetic.Cycle(20, 3), Points(), cutOffs: [-3]));
        Add("recall at", () => Found().RecallAt(-3));
        Add("neighbours", () => NearestNeighbours.Search(Points(), Points(), -3));
        Add("retrieval's own copies", () => RetrievalMetrics.QueryAgainstGallery(Arithmetic.Count(20), Points(), Arithmetic.Count(20), Points(), selfIndices: tensor(Enumerable.Repeat(-4L, 20).ToArray())));
        Add("figures' JSON", () => System.Text.Json.JsonSerializer.Serialize(Found()));
        Add("quantiles", () => new TripletSemiHardLoss(0.25).Inspect(Arithmetic.Cycle(20, 3), Points()).Norms!.ToString());
        Add("memory's capacity", () => new CrossBatchMemory(new TripletHardLoss(), -5));
        Add("memory's calls", () => new CrossBatchMemory(new TripletHardLoss(), 5, -5));
        Add("chunk", () => new GradientCache(points => points, new TripletHardLoss(), -5));
        Add("ranks", () =>
        {
            ThreadGroup.Run(-3, _ => { });
            return "";
        });
        Add("sampler", () => new ClassBalancedSampler([0L, 0, 1, 1], -5, 2));
        return data;

        RetrievalReport Found() => RetrievalMetrics.LeaveOneOut(Arithmetic.Cycle(20, 3), Points());

        Tensor Points() => Arithmetic.Count(20).to_type(float32).reshape(20, 1).sin();

        void Add(string name, Func<object> speak) => data.Add(name, () =>
        {
            using var scope = NewDisposeScope();
            try
            {
                return speak() as string ?? throw new InvalidOperationException($"{name} was accepted.");
            }
            catch (Exception exception) when (exception is ArgumentException or System.Text.Json.JsonException or InvalidOperationException)
            {
                return exception.Message;
            }
        });
    }

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void What_is_said_is_the_same_in_any_culture(string name, Func<string> speak)
    {
        OwnLosses.Register();
        string expected = In(CultureInfo.InvariantCulture, speak);
        expected.Should().NotEndWith("was accepted.", name);
        In(Elsewhere(), speak).Should().Be(expected, name);
    }

    [Fact]
    public void The_other_culture_is_seen_by_what_does_not_take_care() =>
        In(Elsewhere(), () => $"{-1234.5:N1} {-3} {double.NaN}").Should().Be("−1.234,5 −3 nicht definiert");

    private static string In(CultureInfo culture, Func<string> speak)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return speak();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Made by hand, for the tests run without the tables of cultures.
    private static CultureInfo Elsewhere()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var format = culture.NumberFormat;
        (format.NumberDecimalSeparator, format.NumberGroupSeparator, format.NegativeSign) = (",", ".", "−");
        (format.NaNSymbol, format.PositiveInfinitySymbol, format.NegativeInfinitySymbol) = ("nicht definiert", "unendlich", "−unendlich");
        return culture;
    }
}
