using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Parameters that are learnt with the same options.</summary>
public class ParamGroup : torch.optim.ILearningRateController
{
    public OptimizerOptions Options { get; set; } = null!;

    public IEnumerable<Parameter> Parameters { get; set; } = [];

    public double LearningRate
    {
        get => Options.LearningRate ?? 0;
        set => Options.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}

public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        if (options is not null) base.Options = options;
    }

    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}

public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate ?? 0);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }
}

/// <summary>What an optimiser remembers of one parameter.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    public abstract void Initialize(OptimizerOptions options);

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    public virtual void to(torch.Device device)
    {
    }

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    protected static void SaveConditionalStateTensor(BinaryWriter writer, torch.Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref torch.Tensor? result, torch.Device device)
    {
        torch.Tensor? loaded = null;
        if (reader.ReadBoolean())
        {
            using torch.Tensor read = torch.Tensor.Load(reader);
            loaded = Kept(read.to(device));
        }
        result?.Dispose();
        result = loaded;
    }

    /// <summary>What is remembered outlives the scope it was made in.</summary>
    internal static torch.Tensor Kept(torch.Tensor tensor) => tensor.DetachFromDisposeScope();

    internal static torch.Tensor Zeros(torch.Tensor parameter) => Kept(Op.Call("zeros_like", parameter));

    internal static void Move(ref torch.Tensor? tensor, torch.Device device)
    {
        if (tensor is null) return;
        torch.Tensor moved = Kept(tensor.to(device));
        tensor.Dispose();
        tensor = moved;
    }

    internal static void Copy(ref torch.Tensor? target, torch.Tensor? source)
    {
        torch.Tensor? copied = source is null ? null : Kept(source.clone());
        target?.Dispose();
        target = copied;
    }

    internal static bool Close(torch.Tensor? left, torch.Tensor? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => left.allclose(right),
    };
}
