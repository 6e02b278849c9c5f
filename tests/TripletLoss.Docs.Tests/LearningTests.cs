using TripletLoss.Learning;
using static TorchSharp.torch;

namespace TripletLoss.Docs.Tests;

public class LearningTests
{
    public static TheoryData<string, string> Rules => new()
    {
        { nameof(PlainRule.SemiHard), nameof(TripletSemiHardLoss) },
        { nameof(PlainRule.Hard), nameof(TripletHardLoss) },
        { nameof(PlainRule.BatchAll), nameof(TripletBatchAllLoss) },
    };

    /// <summary>Or the comparison would be one of different rules.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void The_plain_losses_have_the_rules_of_ours(string rule, string ours)
    {
        Loss loss = ours switch
        {
            nameof(TripletSemiHardLoss) => new TripletSemiHardLoss(0.2),
            nameof(TripletHardLoss) => new TripletHardLoss(0.2),
            _ => new TripletBatchAllLoss(0.2),
        };
        var random = new Random(4);
        var numbers = Enumerable.Range(0, 40 * 6).Select(_ => random.NextDouble()).ToArray();
        var (value, gradient) = ValueAndGradient(new PlainLoss(Enum.Parse<PlainRule>(rule), 0.2), numbers);
        var (ourValue, ourGradient) = ValueAndGradient(loss, numbers);
        value.Should().BeApproximately(ourValue, 1e-12).And.BeGreaterThan(0.01);
        gradient.Zip(ourGradient).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
    }

    [Fact]
    public void A_short_run_prints_a_row_for_every_variant()
    {
        var (exitCode, output, _) = SampleProgram.Run("TripletLoss.Learning", "--seeds", "2", "--batches", "1");
        exitCode.Should().Be(0);
        output.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal)).Should().Be(2 + 2 + 12);
        output.Should().ContainAll("2 seeds, 1 batches each", "`TripletBatchAllLoss`", "`CrossBatchMemory` of 1920", "`GradientCache`, chunks of 48");
    }

    [Theory]
    [InlineData("There is no option '--fast'. See --help.", "--fast")]
    [InlineData("--seeds needs a whole number above 0, got '0'. See --help.", "--seeds", "0")]
    [InlineData("--batches needs a whole number above 0, got nothing. See --help.", "--batches")]
    [InlineData("--output needs a file. See --help.", "--output")]
    public void Bad_options_are_told(string message, params string[] arguments)
    {
        var (exitCode, output, errors) = SampleProgram.Run("TripletLoss.Learning", arguments);
        exitCode.Should().Be(2);
        output.Should().BeEmpty();
        errors.TrimEnd().Should().Be(message);
    }

    [Fact]
    public void The_page_has_a_full_table()
    {
        var page = Repository.Read("docs", "learning.md");
        page.Should().MatchRegex(@"\d+ seeds, \d+ batches each");
        page.Split('\n').Count(line => line.StartsWith('|') && line.Contains(" ± ")).Should().Be(1 + 12, "one before training, and one a variant");
    }

    private static (double Value, double[] Gradient) ValueAndGradient(Loss loss, double[] numbers)
    {
        using var scope = NewDisposeScope();
        var points = tensor(numbers, [40, 6]).requires_grad_();
        var value = loss.Call(arange(40) % 8, points);
        value.backward();
        return (value.item<double>(), points.grad!.data<double>().ToArray());
    }
}
