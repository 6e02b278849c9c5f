namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum if wanted.</summary>
public partial class SGD : OptimizerHelper, torch.optim.IMomentum
{
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        _defaults = new Options
        {
            LearningRate = Checked(lr, lr >= 0, "learning rate"),
            InitialLearningRate = lr,
            momentum = Checked(momentum, momentum >= 0, "momentum value"),
            dampening = dampening,
            weight_decay = Checked(weight_decay, weight_decay >= 0, "weight_decay value"),
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    public double Momentum
    {
        get => ((Options)_defaults).momentum ?? 0;
        set
        {
            ((Options)_defaults).momentum = value;
            foreach (Modules.ParamGroup group in _parameter_groups) ((ParamGroup)group).Momentum = value;
        }
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var options = (Options)(param_group.Options ??= new Options());
        options.Default((Options)_defaults);
        base.add_param_group(param_group);
    }

    public override torch.Tensor? step(Func<torch.Tensor>? closure = null) => _step<ParamGroup>(
        group =>
        {
            foreach (Parameter parameter in group.Parameters)
                if (parameter.grad is torch.Tensor grad) ((State)_state[parameter.Handle]).Step(grad, group.Options);
        },
        closure);

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        public torch.Tensor? momentum_buffer;

        public override void Initialize(OptimizerOptions options)
        {
        }

        internal void Step(torch.Tensor grad, Options options)
        {
            double decay = options.weight_decay ?? 0, momentum = options.momentum ?? 0;
            if (options.maximize == true) grad = grad.neg();
            if (decay != 0) grad = grad.add(_parameter, alpha: decay);
            if (momentum != 0)
            {
                if (momentum_buffer is null) momentum_buffer = Kept(grad.clone());
                else momentum_buffer.mul_(momentum).add_(grad, alpha: 1 - (options.dampening ?? 0));
                grad = options.nesterov == true ? grad.add(momentum_buffer, alpha: momentum) : momentum_buffer;
            }
            _parameter.add_(grad, alpha: -options.LearningRate!.Value);
        }

        public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer);

        public override void LoadStateDict(BinaryReader reader) => LoadConditionalStateTensor(reader, ref momentum_buffer, _parameter.device);

        public override void LoadStateDict(OptimizerState source) => Copy(ref momentum_buffer, ((State)source).momentum_buffer);

        public override void to(torch.Device device) => Move(ref momentum_buffer, device);

        public override bool ApproximatelyEquals(OptimizerState other) => other is State state && Close(momentum_buffer, state.momentum_buffer);

        public void Dispose() => momentum_buffer?.Dispose();
    }
}
