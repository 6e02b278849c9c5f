using static TorchSharp.Modules.ParameterLess;

namespace TorchSharp.Modules;

public interface IParameterLessModule;

public abstract class ParameterLessModule<T1, TResult>(string name) : torch.nn.Module<T1, TResult>(name), IParameterLessModule
{
    public override void register_parameter(string name, Parameter param) => throw Refused(this, "parameters");

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw Refused(this, "buffers");

    public override void register_module(string name, torch.nn.Module submodule) => throw Refused(this, "modules");
}

public abstract class ParameterLessModule<T1, T2, TResult>(string name) : torch.nn.Module<T1, T2, TResult>(name), IParameterLessModule
{
    public override void register_parameter(string name, Parameter param) => throw Refused(this, "parameters");

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw Refused(this, "buffers");

    public override void register_module(string name, torch.nn.Module submodule) => throw Refused(this, "modules");
}

public abstract class ParameterLessModule<T1, T2, T3, TResult>(string name) : torch.nn.Module<T1, T2, T3, TResult>(name), IParameterLessModule
{
    public override void register_parameter(string name, Parameter param) => throw Refused(this, "parameters");

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw Refused(this, "buffers");

    public override void register_module(string name, torch.nn.Module submodule) => throw Refused(this, "modules");
}

internal static class ParameterLess
{
    internal static InvalidOperationException Refused(torch.nn.Module module, string what) =>
        new($"A {module.GetName()} has no {what} to register.");
}
