using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Optim;

public class SchedulerTests
{
    private static double[] Rates(Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> make, int epochs)
    {
        using Parameter x = nn.Parameter(ones(1));
        using SGD sgd = optim.SGD([x], 0.8);
        optim.lr_scheduler.LRScheduler scheduler = make(sgd);
        var rates = new List<double>();
        for (int i = 0; i < epochs; i++)
        {
            rates.Add(sgd.ParamGroups.Single().LearningRate);
            scheduler.get_last_lr().Should().Equal(rates[^1]);
            scheduler.step();
        }
        return [.. rates];
    }

    [Fact]
    public void Rates_fall_in_steps() =>
        Near(Rates(o => optim.lr_scheduler.StepLR(o, 2, 0.5), 6), [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]);

    [Fact]
    public void Rates_fall_by_a_factor() =>
        Near(Rates(o => optim.lr_scheduler.ExponentialLR(o, 0.5), 4), [0.8, 0.4, 0.2, 0.1]);

    [Fact]
    public void Rates_follow_a_cosine() => Near(
        Rates(o => optim.lr_scheduler.CosineAnnealingLR(o, 4, 0.1), 12),
        Enumerable.Range(0, 12).Select(t => 0.1 + 0.7 * (1 + Math.Cos(Math.PI * t / 4)) / 2));

    [Fact]
    public void Rates_follow_a_function() =>
        Near(Rates(o => optim.lr_scheduler.LambdaLR(o, epoch => 1.0 / (epoch + 1)), 3), [0.8, 0.4, 0.8 / 3]);

    [Fact]
    public void An_epoch_can_be_named()
    {
        using Parameter x = nn.Parameter(ones(1));
        using SGD sgd = optim.SGD([x], 0.8);
        optim.lr_scheduler.LRScheduler scheduler = optim.lr_scheduler.StepLR(sgd, 2, 0.5);
        scheduler.step(5);
        sgd.ParamGroups.Single().LearningRate.Should().Be(0.2);
    }

    private static void Near(double[] actual, IEnumerable<double> expected) =>
        actual.Zip(expected).Should().OnlyContain(p => Math.Abs(p.First - p.Second) < 1e-12).And.HaveCount(actual.Length);
}
