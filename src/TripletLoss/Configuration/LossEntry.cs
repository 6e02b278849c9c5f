namespace TripletLoss;

/// <summary>A class of losses that JSON can name.</summary>
/// <param name="Package">What stands before the <c>></c> in its registered name, and in <c>module</c>.</param>
/// <param name="ClassName">Its class name in JSON.</param>
/// <param name="Type">The class.</param>
/// <param name="Factory">Makes a loss of a configuration, in which any argument may be missing.</param>
/// <param name="InAddons">Whether TensorFlow Addons has the class under the same name.</param>
internal sealed record LossEntry(
    string Package, string ClassName, Type Type, Func<LossConfig, Loss> Factory, bool InAddons = false)
{
    /// <summary>The name of an instance that was given none.</summary>
    public string SnakeName { get; } = SnakeCase.From(ClassName);

    /// <summary>The names by which a file can call the class, packages included.</summary>
    public IEnumerable<LossName> FullNames => InAddons
        ? [new(Package, ClassName), new(LossName.AddonsPackage, ClassName)]
        : [new(Package, ClassName)];
}
