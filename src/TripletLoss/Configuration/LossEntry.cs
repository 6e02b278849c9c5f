namespace TripletLoss;

/// <summary>A class of losses that JSON can name.</summary>
/// <param name="Package">What stands before the <c>></c> in its registered name, and in <c>module</c>.</param>
/// <param name="ClassName">Its class name in JSON.</param>
/// <param name="Type">The class.</param>
/// <param name="Factory">Makes a loss of a configuration, in which any argument may be missing.</param>
/// <param name="AddonsFunction">The function that TensorFlow Addons has beside a class of the same name; null: it has neither.</param>
internal sealed record LossEntry(
    string Package, string ClassName, Type Type, Func<LossConfig, Loss> Factory, string? AddonsFunction = null)
{
    /// <summary>The name of an instance that was given none.</summary>
    public string SnakeName { get; } = SnakeCase.From(ClassName);

    /// <summary>The names by which a file can call the class, packages included.</summary>
    public IEnumerable<LossName> FullNames => AddonsFunction is not null
        ? [new(Package, ClassName), new(LossName.AddonsPackage, ClassName)]
        : [new(Package, ClassName)];
}
