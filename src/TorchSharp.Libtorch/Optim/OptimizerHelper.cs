using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>What the optimisers have in common: groups, states, and going through them.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    protected OptimizerOptions _defaults = new();
    protected OrderedDict<IntPtr, OptimizerState> _state = new();

    public OptimizerHelper()
    {
    }

    public override void zero_grad()
    {
        using var quiet = torch.no_grad();
        foreach (Parameter parameter in parameters())
        {
            using torch.Tensor? grad = parameter.grad;
            grad?.zero_();
        }
    }

    public override void add_param_group(ParamGroup param_group)
    {
        param_group.Parameters = param_group.Parameters.ToList();
        param_group.InitialLearningRate = param_group.LearningRate;
        foreach (Parameter parameter in param_group.Parameters)
        {
            OptimizerState state = NewState(parameter);
            state.Initialize(param_group.Options);
            _state[parameter.Handle] = state;
        }
        _parameter_groups.Add(param_group);
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (ParamGroup group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add([]);
            foreach (Parameter parameter in group.Parameters)
            {
                dictionary.StateIndexRef[^1].Add(dictionary.State.Count);
                dictionary.State.Add(_state[parameter.Handle]);
            }
        }
        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        Match(own.Options.Count, state_dict.Options.Count, own.State.Count, state_dict.State.Count);
        for (int i = 0; i < own.Options.Count; i++)
            if (own.Options[i] != state_dict.Options[i]) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (int i = 0; i < own.State.Count; i++)
            if (own.State[i] != state_dict.State[i]) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        StateDictionary own = state_dict();
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt64(own.Options.Count);
        writer.Write7BitEncodedInt64(own.State.Count);
        foreach (OptimizerOptions options in own.Options) options.SaveStateDict(writer);
        foreach (OptimizerState state in own.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        string name = reader.ReadString();
        if (name != GetType().Name)
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        StateDictionary own = state_dict();
        Match(own.Options.Count, reader.Read7BitEncodedInt64(), own.State.Count, reader.Read7BitEncodedInt64());
        foreach (OptimizerOptions options in own.Options) options.LoadStateDict(reader);
        foreach (OptimizerState state in own.State) state.LoadStateDict(reader);
    }

    public void to(torch.Device device)
    {
        foreach ((_, OptimizerState state) in _state) state.to(device);
    }

    private protected abstract OptimizerState NewState(Parameter parameter);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        foreach ((_, OptimizerState state) in _state) (state as IDisposable)?.Dispose();
        _state.Clear();
    }

    protected torch.Tensor? _step<T>(Action<T> body, Func<torch.Tensor>? loss_closure = null) where T : ParamGroup
    {
        torch.Tensor? loss = null;
        if (loss_closure is not null)
            using (torch.enable_grad()) loss = loss_closure();
        using var quiet = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (ParamGroup group in _parameter_groups) body((T)group);
        return loss;
    }

    internal static T Checked<T>(T value, bool valid, string what) =>
        valid ? value : throw new ArgumentException($"Invalid {what}: {value}");

    private static void Match(long groups, long groupsGiven, long states, long statesGiven)
    {
        if (groups != groupsGiven)
            throw new ArgumentException($"Invalid optimizer state -- different number of parameter groups: {groupsGiven} instead of {groups}.");
        if (states != statesGiven)
            throw new ArgumentException($"Invalid optimizer state -- different number of states: {statesGiven} instead of {states}.");
    }
}
