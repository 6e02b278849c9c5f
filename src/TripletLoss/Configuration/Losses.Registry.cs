namespace TripletLoss;

public static partial class Losses
{
    /// <summary>Makes a loss with its default arguments.</summary>
    /// <param name="name">A class name, or its snake case.</param>
    /// <returns>A new loss.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">No registered class has that name; the message lists those that are.</exception>
    /// <example><code>Losses.Get("triplet_semi_hard_loss");    // new TripletSemiHardLoss()</code></example>
    public static Loss Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var entry = LossRegistry.Entries.FirstOrDefault(entry => entry.ClassName == name || entry.SnakeName == name);
        return entry is not null
            ? LossFactory.Make(entry, LossConfig.Empty)
            : throw new ArgumentException(
                $"no loss is named {ConfigValues.Quote(name)}. {NearestName.Hint(name, LossRegistry.NamesLike(new(null, name)))}", nameof(name));
    }

    /// <summary>Makes a custom loss known to <see cref="Deserialize(string, string?)"/>, <see cref="Serialize"/> and <see cref="Get"/>.</summary>
    /// <remarks>
    /// When the program starts; what was registered stays, and the same registration may be made again. In JSON the class is <paramref name="className"/>, and its registered name
    /// <c>Custom>MyLoss</c>, as Keras writes it, or with another package in place of <c>Custom</c>.
    /// </remarks>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="className">Its name in JSON, usually that of the class: letters, digits and underscores.</param>
    /// <param name="factory">
    /// Makes a loss of a configuration, in which any argument may be missing, as all are for <see cref="Get"/>:
    /// <see cref="LossConfig.WithDefaultsOf"/> fills them in, and refuses unknown ones.
    /// An <see cref="ArgumentException"/> that it throws is reported to the reader of the JSON, with the path.
    /// </param>
    /// <param name="package">The package: anything but <c>TripletLoss</c> and <c>Addons</c>, without <c>></c>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The name is taken (in whatever package), also in snake case; the class is registered in another way or is abstract; the name or the package is not valid.
    /// </exception>
    /// <example>
    /// <code>
    /// Losses.Register("MyLoss", MyLoss.FromConfig);    // once
    ///
    /// public sealed class MyLoss(double temperature = 1, LossReduction reduction = LossReduction.SumOverBatchSize, string? name = null)
    ///     : Loss(reduction, name, ("temperature", temperature))
    /// {
    ///     public static MyLoss FromConfig(LossConfig config)
    ///     {
    ///         config = config.WithDefaultsOf(new MyLoss());
    ///         return new(config.GetDouble("temperature"), config.Reduction, config.Name);
    ///     }
    ///
    ///     protected override Tensor PerAnchor(LossInput input) =&gt; (input.Embeddings.norm(1) / tensor(temperature)).exp();
    /// }
    /// </code>
    /// </example>
    public static void Register<T>(string className, Func<LossConfig, T> factory, string package = "Custom")
        where T : Loss
    {
        ArgumentNullException.ThrowIfNull(className);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(package);
        if (className.Length == 0 || !className.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
            throw new ArgumentException(
                $"className must be letters, digits and underscores, got {ConfigValues.Quote(className)}.", nameof(className));
        if (string.IsNullOrWhiteSpace(package) || package.Contains('>'))
            throw new ArgumentException($"package must be a name without '>', got {ConfigValues.Quote(package)}.", nameof(package));
        if (package is LossName.OwnPackage or LossName.AddonsPackage)
            throw new ArgumentException($"package must be a custom one, got {ConfigValues.Quote(package)}, which this library uses.", nameof(package));
        if (typeof(T).IsAbstract)
            throw new ArgumentException($"{typeof(T)} is abstract; register the class of the losses that the factory makes.", nameof(factory));
        LossRegistry.Add(new(package, className, typeof(T), factory));
    }
}
