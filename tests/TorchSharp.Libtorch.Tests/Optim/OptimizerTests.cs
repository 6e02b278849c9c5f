using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Optim;

public class OptimizerTests
{
    /// <summary>The gradient of 1.5 x² at x.</summary>
    private static double Slope(double x) => 3 * x;

    private static double[] Run(Func<Parameter, torch.optim.Optimizer> make, int steps)
    {
        using Parameter x = nn.Parameter(tensor(2.0));
        using torch.optim.Optimizer optimizer = make(x);
        var path = new List<double>();
        for (int i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (1.5 * x * x).backward();
            optimizer.step();
            path.Add(x.item<double>());
        }
        return [.. path];
    }

    private static void Near(double[] actual, IEnumerable<double> expected) =>
        actual.Zip(expected).Should().OnlyContain(p => Math.Abs(p.First - p.Second) < 1e-12).And.HaveCount(actual.Length);

    private static IEnumerable<double> Path(Func<double, double> step)
    {
        for (double x = 2; ;) yield return x = step(x);
    }

    [Fact]
    public void Sgd_goes_down_the_slope() =>
        Near(Run(x => torch.optim.SGD([x], 0.1), 4), Path(x => x - 0.1 * Slope(x)));

    [Fact]
    public void Sgd_decays_and_may_go_up()
    {
        Near(Run(x => torch.optim.SGD([x], 0.1, weight_decay: 0.5), 4), Path(x => x - 0.1 * (Slope(x) + 0.5 * x)));
        Near(Run(x => torch.optim.SGD([x], 0.1, maximize: true), 4), Path(x => x + 0.1 * Slope(x)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.25, false)]
    [InlineData(0, true)]
    public void Sgd_keeps_its_momentum(double dampening, bool nesterov)
    {
        double? velocity = null;
        Near(
            Run(x => torch.optim.SGD([x], 0.1, momentum: 0.9, dampening: dampening, nesterov: nesterov), 5),
            Path(x =>
            {
                velocity = velocity is null ? Slope(x) : 0.9 * velocity + (1 - dampening) * Slope(x);
                return x - 0.1 * (nesterov ? Slope(x) + 0.9 * velocity.Value : velocity.Value);
            }));
    }

    [Theory]
    [InlineData(false, 0, false)]
    [InlineData(false, 0.1, false)]
    [InlineData(true, 0.1, false)]
    [InlineData(false, 0, true)]
    public void Adam_scales_by_the_running_averages(bool apart, double decay, bool amsgrad)
    {
        double m = 0, v = 0, most = 0;
        int t = 0;
        double Step(double x)
        {
            t++;
            double g = Slope(x) + (apart ? 0 : decay * x);
            if (apart) x *= 1 - 0.05 * decay;
            m = 0.8 * m + 0.2 * g;
            v = 0.9 * v + 0.1 * g * g;
            most = Math.Max(most, v);
            double root = Math.Sqrt((amsgrad ? most : v) / (1 - Math.Pow(0.9, t))) + 1e-6;
            return x - 0.05 * m / (1 - Math.Pow(0.8, t)) / root;
        }
        Near(
            Run(
                x => apart
                    ? torch.optim.AdamW([x], 0.05, 0.8, 0.9, 1e-6, decay, amsgrad)
                    : torch.optim.Adam([x], 0.05, 0.8, 0.9, 1e-6, decay, amsgrad),
                60),
            Path(Step));
    }

    [Fact]
    public void Parameters_without_a_gradient_stay()
    {
        using Parameter used = nn.Parameter(tensor(1.0)), idle = nn.Parameter(tensor(1.0));
        using Adam adam = torch.optim.Adam([used, idle], weight_decay: 1);
        (used * 2).backward();
        adam.step();
        idle.item<double>().Should().Be(1);
        used.item<double>().Should().BeApproximately(1 - 0.001, 1e-8);
        adam.zero_grad();
        used.grad!.item<double>().Should().Be(0);
        adam.parameters().Should().HaveCount(2);
    }

    [Fact]
    public void Steps_leave_no_tensors_behind_and_survive_scopes()
    {
        using Parameter x = nn.Parameter(ones(10));
        using Adam adam = torch.optim.Adam([x]);
        void Step()
        {
            using var scope = NewDisposeScope();
            x.square().sum().backward();
            adam.step();
            adam.zero_grad();
        }
        Step();
        long before = Live.Count;
        for (int i = 0; i < 100; i++) Step();
        Live.Count.Should().Be(before);
    }

    [Fact]
    public void Groups_have_options_of_their_own()
    {
        using Parameter fast = nn.Parameter(tensor(1.0)), slow = nn.Parameter(tensor(1.0));
        using SGD sgd = torch.optim.SGD(
            new[] { new SGD.ParamGroup([fast], lr: 1), new SGD.ParamGroup { Parameters = [slow] } }, 0.1);
        (fast + slow).backward();
        sgd.step();
        fast.item<double>().Should().Be(0);
        slow.item<double>().Should().Be(0.9);
        sgd.ParamGroups.Select(g => g.LearningRate).Should().Equal(1, 0.1);
        sgd.ParamGroups.First().LearningRate = 5;
        sgd.step();
        fast.item<double>().Should().Be(-5);
    }

    [Fact]
    public void A_closure_gives_the_loss()
    {
        using Parameter x = nn.Parameter(tensor(2.0));
        using SGD sgd = torch.optim.SGD([x], 0.1);
        using Tensor? loss = sgd.step(() =>
        {
            Tensor value = x * x;
            value.backward();
            return value;
        });
        loss!.item<double>().Should().Be(4);
        x.item<double>().Should().BeApproximately(1.6, 1e-12);
    }

    [Fact]
    public void A_saved_state_goes_on_where_it_stopped()
    {
        string file = System.IO.Path.GetTempFileName();
        try
        {
            using Parameter one = nn.Parameter(tensor(2.0)), two = nn.Parameter(tensor(2.0));
            using Adam first = torch.optim.Adam([one], 0.1, amsgrad: true), second = torch.optim.Adam([two], 0.3, amsgrad: true);
            Step(one, first);
            first.save_state_dict(file);
            second.load_state_dict(file);
            using (no_grad()) two.copy_(one);
            Step(one, first);
            Step(two, second);
            two.item<double>().Should().Be(one.item<double>());
            using SGD other = torch.optim.SGD([two], 0.1);
            Action mismatch = () => other.load_state_dict(file);
            mismatch.Should().Throw<InvalidDataException>().WithMessage("*'SGD'*'Adam'*");
            first.state_dict().State[0].ApproximatelyEquals(second.state_dict().State[0]).Should().BeTrue();
        }
        finally
        {
            File.Delete(file);
        }

        static void Step(Parameter x, Adam optimizer)
        {
            optimizer.zero_grad();
            (x * x).backward();
            optimizer.step();
        }
    }

    [Fact]
    public void Senseless_options_are_refused()
    {
        using Parameter x = nn.Parameter(tensor(1.0));
        Action rate = () => torch.optim.SGD([x], -1);
        Action nesterov = () => torch.optim.SGD([x], 1, nesterov: true);
        Action beta = () => torch.optim.Adam([x], beta1: 1);
        rate.Should().Throw<ArgumentException>().WithMessage("*learning rate*-1*");
        nesterov.Should().Throw<ArgumentException>();
        beta.Should().Throw<ArgumentException>();
    }
}
