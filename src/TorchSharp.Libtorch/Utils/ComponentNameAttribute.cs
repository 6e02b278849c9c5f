namespace TorchSharp.Utils;

/// <summary>Under which name a module registers what stands in a field.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    public string Name { get; set; } = "";
}
