using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpLibtorch.Tests.NN;

public class ModuleTests
{
    /// <summary>As users write their modules: fields, and RegisterComponents at the end of the constructor.</summary>
    private sealed class Net : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "first")] private readonly Linear _first;
        [ComponentName(Name = "rest")] private readonly Sequential _rest;
        private readonly Parameter _scale;
        private readonly Tensor _offset;

        public Net() : base(nameof(Net))
        {
            _first = Linear(3, 4);
            _rest = Sequential(("norm", BatchNorm1d(4)), ("relu", ReLU()), ("last", Linear(4, 2, hasBias: false)));
            _scale = Parameter(ones(2));
            _offset = zeros(2);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return (_rest.call(_first.call(input)) * _scale + _offset).MoveToOuterDisposeScope();
        }
    }

    private static readonly string[] ParameterNames =
        ["_scale", "first.weight", "first.bias", "rest.norm.weight", "rest.norm.bias", "rest.last.weight"];

    private static readonly string[] BufferNames = ["_offset", "rest.norm.running_mean", "rest.norm.running_var", "rest.norm.num_batches_tracked"];

    [Fact]
    public void Components_are_found_by_name()
    {
        using var net = new Net();
        net.named_parameters().Select(p => p.name).Should().BeEquivalentTo(ParameterNames);
        net.named_buffers().Select(b => b.name).Should().BeEquivalentTo(BufferNames);
        net.state_dict().Keys.Should().BeEquivalentTo(ParameterNames.Concat(BufferNames));
        net.named_children().Select(c => c.name).Should().Equal("first", "rest");
        net.named_modules().Select(m => m.name).Should().BeEquivalentTo("first", "rest", "rest.norm", "rest.relu", "rest.last");
        net.parameters(recurse: false).Should().HaveCount(1);
        net.get_parameter("rest.last.weight")!.shape.Should().Equal(2, 4);
        net.get_parameter("nothing").Should().BeNull();
        net.has_buffer("_offset").Should().BeTrue();
        net.GetName().Should().Be("Net");
    }

    [Fact]
    public void Training_is_a_state_of_all_that_is_below()
    {
        using var net = new Net();
        net.training.Should().BeTrue();
        net.eval();
        net.modules().Should().OnlyContain(m => !m.training);
        net.train();
        net.modules().Should().OnlyContain(m => m.training);
        var visited = new List<Module>();
        net.apply(visited.Add);
        visited.Should().HaveCount(6).And.EndWith(net);
    }

    [Fact]
    public void A_saved_state_makes_another_module_the_same()
    {
        using var one = new Net();
        using var two = new Net();
        using Tensor input = randn(5, 3);
        one.call(input).Dispose(); // moves the running statistics
        one.eval();
        two.eval();
        one.call(input).allclose(two.call(input)).Should().BeFalse();
        using var stream = new MemoryStream();
        one.save(stream);
        stream.Position = 0;
        var loaded = new Dictionary<string, bool>();
        two.load(stream, loadedParameters: loaded);
        one.call(input).Equals(two.call(input)).Should().BeTrue();
        loaded.Should().HaveCount(ParameterNames.Length + BufferNames.Length).And.OnlyContain(l => l.Value);

        using var three = new Net();
        three.eval();
        three.load_state_dict(one.state_dict()).missing_keys.Should().BeEmpty();
        one.call(input).Equals(three.call(input)).Should().BeTrue();
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused()
    {
        using var net = new Net();
        using Linear other = Linear(3, 4);
        Action strict = () => net.load_state_dict(other.state_dict());
        strict.Should().Throw<InvalidOperationException>().WithMessage("*Missing*Unexpected*weight*");
        (IList<string> missing, IList<string> unexpected) = net.load_state_dict(other.state_dict(), strict: false);
        unexpected.Should().BeEquivalentTo("weight", "bias");
        missing.Should().HaveCount(ParameterNames.Length + BufferNames.Length);
        using var stream = new MemoryStream();
        other.save(stream);
        stream.Position = 0;
        Action count = () => net.load(stream);
        count.Should().Throw<ArgumentException>().WithMessage("*expected 10, but found 2*");
        stream.Position = 0;
        net.load(stream, strict: false);
    }

    [Fact]
    public void Parameters_stay_the_same_objects_when_they_are_converted()
    {
        using Linear linear = Linear(3, 2);
        Parameter weight = linear.weight;
        double before = weight[0, 0].ToDouble();
        linear.call(ones(1, 3)).sum().backward();
        linear.to(float64);
        linear.weight.Should().BeSameAs(weight);
        weight.dtype.Should().Be(float64);
        weight[0, 0].ToDouble().Should().Be(before);
        weight.grad!.dtype.Should().Be(float64);
        linear.zero_grad();
        linear.call(ones([1, 3], dtype: float64)).sum().backward();
        weight.grad!.sum().item<double>().Should().Be(6);
        using BatchNorm1d norm = BatchNorm1d(2);
        norm.half();
        norm.num_batches_tracked!.dtype.Should().Be(int64);
        norm.running_mean!.dtype.Should().Be(float16);
    }

    [Fact]
    public void Names_are_taken_once()
    {
        using var net = new Net();
        Action twice = () => net.register_module("first", Linear(1, 1));
        twice.Should().Throw<InvalidOperationException>();
        Action dotted = () => net.register_module("a.b", Linear(1, 1));
        dotted.Should().Throw<ArgumentException>();
        Action nothing = () => net.register_buffer("b", null!);
        nothing.Should().Throw<ArgumentNullException>();
        Action stateless = () => ReLU().register_buffer("b", ones(1));
        stateless.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Disposing_a_module_disposes_what_it_holds()
    {
        long before = Live.Count;
        var net = new Net();
        Live.Count.Should().BeGreaterThan(before);
        net.Dispose();
        Live.Count.Should().Be(before);
    }

    [Fact]
    public void Lists_and_sequences_number_their_modules()
    {
        using Sequential sequence = Sequential(Linear(2, 2), ReLU(), Linear(2, 1));
        sequence.named_parameters().Select(p => p.name).Should().Equal("0.weight", "0.bias", "2.weight", "2.bias");
        sequence.Count.Should().Be(3);
        sequence[1..].Count.Should().Be(2);
        sequence[0].Should().BeSameAs(sequence.children().First());
        using Tensor input = randn(4, 2);
        long before = Live.Count;
        using (Tensor output = sequence.call(input)) output.shape.Should().Equal(4, 1);
        Live.Count.Should().Be(before);
        using ModuleList<Module<Tensor, Tensor>> list = ModuleList<Module<Tensor, Tensor>>(Linear(1, 1), Linear(1, 1));
        list.append(ReLU());
        list.RemoveAt(0);
        list.named_children().Select(c => c.name).Should().Equal("0", "1");
        list.named_parameters().Select(p => p.name).Should().Equal("0.weight", "0.bias");
    }
}
