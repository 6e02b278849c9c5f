namespace TripletLoss;

/// <summary>A class name with or without its package: <c>Addons>TripletSemiHardLoss</c>.</summary>
internal readonly record struct LossName(string? Package, string ClassName)
{
    /// <summary>The package of the losses in this library.</summary>
    public const string OwnPackage = "TripletLoss";

    /// <summary>The package of TensorFlow Addons' losses, whose files are read.</summary>
    public const string AddonsPackage = "Addons";

    /// <summary>Takes a name apart.</summary>
    public static LossName Parse(string text)
    {
        int separator = text.LastIndexOf('>');
        return separator < 0 ? new(null, text) : new(text[..separator], text[(separator + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => Package is null ? ClassName : $"{Package}>{ClassName}";
}
