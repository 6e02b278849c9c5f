namespace TorchSharp.Modules;

/// <summary>Adam with the decay of the weights apart from the gradient (Loshchilov and Hutter 2019).</summary>
public partial class AdamW : OptimizerHelper, torch.optim.IBetas
{
    public AdamW(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public AdamW(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        _defaults = new Options
        {
            LearningRate = Checked(lr, lr >= 0, "learning rate"),
            InitialLearningRate = lr,
            beta1 = Checked(beta1, beta1 is >= 0 and < 1, "beta1"),
            beta2 = Checked(beta2, beta2 is >= 0 and < 1, "beta2"),
            eps = Checked(eps, eps >= 0, "eps"),
            weight_decay = Checked(weight_decay, weight_decay >= 0, "weight_decay value"),
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    public (double, double) Betas
    {
        get => (((Options)_defaults).beta1 ?? 0, ((Options)_defaults).beta2 ?? 0);
        set
        {
            (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
            foreach (Modules.ParamGroup group in _parameter_groups) ((ParamGroup)group).Betas = value;
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
        public long step;
        public torch.Tensor? exp_avg;
        public torch.Tensor? exp_avg_sq;
        public torch.Tensor? max_exp_avg_sq;

        public override void Initialize(OptimizerOptions options)
        {
            using var quiet = torch.no_grad();
            step = 0;
            exp_avg = Zeros(_parameter);
            exp_avg_sq = Zeros(_parameter);
            if (((Options)options).amsgrad == true) max_exp_avg_sq = Zeros(_parameter);
        }

        internal void Step(torch.Tensor grad, Options options)
        {
            double lr = options.LearningRate!.Value, beta1 = options.beta1!.Value, beta2 = options.beta2!.Value;
            double decay = options.weight_decay ?? 0;
            step++;
            if (options.maximize == true) grad = grad.neg();
            _parameter.mul_(1 - lr * decay);
            exp_avg!.mul_(beta1).add_(grad, alpha: 1 - beta1);
            exp_avg_sq!.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
            torch.Tensor variance = exp_avg_sq;
            if (max_exp_avg_sq is not null) variance = max_exp_avg_sq.copy_(torch.maximum(max_exp_avg_sq, exp_avg_sq));
            // Both averages began at 0; this takes that out again.
            double correction1 = 1 - Math.Pow(beta1, step), correction2 = 1 - Math.Pow(beta2, step);
            torch.Tensor denominator = variance.sqrt().div_(Math.Sqrt(correction2)).add_(options.eps!.Value);
            _parameter.addcdiv_(exp_avg, denominator, -lr / correction1);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            exp_avg!.Save(writer);
            exp_avg_sq!.Save(writer);
            SaveConditionalStateTensor(writer, max_exp_avg_sq);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            exp_avg!.Load(reader);
            exp_avg_sq!.Load(reader);
            LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Copy(ref exp_avg, other.exp_avg);
            Copy(ref exp_avg_sq, other.exp_avg_sq);
            Copy(ref max_exp_avg_sq, other.max_exp_avg_sq);
        }

        public override void to(torch.Device device)
        {
            Move(ref exp_avg, device);
            Move(ref exp_avg_sq, device);
            Move(ref max_exp_avg_sq, device);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && step == state.step && Close(exp_avg, state.exp_avg) &&
            Close(exp_avg_sq, state.exp_avg_sq) && Close(max_exp_avg_sq, state.max_exp_avg_sq);

        public void Dispose()
        {
            exp_avg?.Dispose();
            exp_avg_sq?.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }
}
