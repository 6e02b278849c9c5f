using FsCheck;
using FsCheck.Xunit;
using static TorchSharp.torch;

namespace TripletLoss.Tests.Configuration;

public class RoundTripTests
{
    private static readonly Distance[] Distances = [Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine];

    public RoundTripTests() => OwnLosses.Register();

    public static TheoryData<Loss> Changed() => new()
    {
        new TripletSemiHardLoss(margin: 0.37),
        new TripletSemiHardLoss(distance: Distance.Euclidean),
        new TripletSemiHardLoss(distance: Distance.Cosine),
        new TripletSemiHardLoss(reduction: LossReduction.Sum),
        new TripletSemiHardLoss(reduction: LossReduction.None),
        new TripletSemiHardLoss(reduction: LossReduction.MeanWithSampleWeight),
        new TripletSemiHardLoss(name: "mine"),
        new TripletHardLoss(margin: 0.37),
        new TripletHardLoss(soft: true),
        new TripletHardLoss(distance: Distance.Cosine),
        new TripletBatchAllLoss(margin: 0.37),
        new TripletBatchAllLoss(activeOnly: false),
        new TripletBatchAllLoss(distance: Distance.Euclidean, reduction: LossReduction.Sum),
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public void Each_argument_comes_back(Loss loss)
    {
        Loss same = Losses.Deserialize(Losses.Serialize(loss));

        same.GetType().Should().Be(loss.GetType());
        same.GetConfig().Equals(loss.GetConfig()).Should().BeTrue();
        same.Name.Should().Be(loss.Name);
        same.GetConfig().Equals(Losses.Get(loss.GetType().Name).GetConfig()).Should().BeFalse("an argument has no default value");
    }

    [Theory]
    [MemberData(nameof(Changed))]
    public void The_loss_that_comes_back_has_the_same_values(Loss loss)
    {
        using var scope = NewDisposeScope();
        var labels = tensor((long[])[0, 0, 1, 1, 2, 2, 0, 1]);
        var embeddings = Arithmetic.Count(8 * 5).to_type(float32).reshape(8, 5).Times(0.37).sin();
        var weights = Arithmetic.Count(8).to_type(float32).Times(1 / 7.0);

        var expected = loss.Call(labels, embeddings, weights);
        var value = Losses.Deserialize(Losses.Serialize(loss)).Call(labels, embeddings, weights);

        value.reshape(-1).data<float>().ToArray().Should().Equal(expected.reshape(-1).data<float>().ToArray());
    }

    [Property(MaxTest = 2000)]
    public void Any_margin_comes_back_to_the_bit(long bits)
    {
        double margin = Math.Abs(BitConverter.Int64BitsToDouble(unchecked(bits * 0x5851F42D4C957F2D)));
        if (!double.IsFinite(margin))
            return;
        var loss = (TripletSemiHardLoss)Losses.Deserialize(Losses.Serialize(new TripletSemiHardLoss(margin)));
        BitConverter.DoubleToInt64Bits(loss.Margin).Should().Be(BitConverter.DoubleToInt64Bits(margin));
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(1e300, "1E+300")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(123456789012.0, "123456789012.0")]
    public void Margins_are_written_short_and_as_fractions(double margin, string expected) =>
        Losses.Serialize(new TripletSemiHardLoss(margin)).Should().Contain($"\"margin\":{expected},");

    [Property(MaxTest = 500)]
    public void Any_arguments_of_a_custom_loss_come_back(NormalFloat number, long count, bool flag, NonNull<string> mode, byte choice)
    {
        if (!StrictText.IsWritable(mode.Get))
            return;
        var loss = new VariedLoss(number.Get, count, flag, mode.Get, Distances[choice % 3], (LossReduction)(choice / 3 % 4), mode.Get);
        foreach (bool indented in (bool[])[false, true])
            Losses.Deserialize(Losses.Serialize(loss, indented)).GetConfig().Equals(loss.GetConfig()).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ünïcode 语 🙂")]
    [InlineData("quotes \" and \\ and \n\t\0 and <script>&+'")]
    public void Any_name_comes_back(string name) =>
        Losses.Deserialize(Losses.Serialize(new TripletSemiHardLoss(name: name))).Name.Should().Be(name);

    [Fact]
    public void What_json_does_not_have_is_refused_in_writing()
    {
        FluentActions.Invoking(() => Losses.Serialize(new TripletSemiHardLoss(name: "\ud800"))).Should().Throw<InvalidOperationException>()
            .WithMessage("name has half a surrogate pair, text that JSON cannot represent.");
        FluentActions.Invoking(() => Losses.Serialize(new VariedLoss(double.PositiveInfinity))).Should().Throw<InvalidOperationException>()
            .WithMessage("number is *, a number that JSON cannot represent.");
    }
}
