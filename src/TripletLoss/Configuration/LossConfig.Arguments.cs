namespace TripletLoss;

public sealed partial class LossConfig
{
    /// <summary>The loss's name; null (or absent) stands for the default, the class name in snake case.</summary>
    /// <exception cref="ArgumentException">The value is not a string.</exception>
    public string? Name => TryGetValue("name", out object? value) && value is not null ? ConfigValues.ToText("name", value) : null;

    /// <summary>The reduction, given as such or as Keras's string; <see cref="LossReduction.SumOverBatchSize"/> where absent.</summary>
    /// <exception cref="ArgumentException">The value is not a reduction.</exception>
    public LossReduction Reduction =>
        TryGetValue("reduction", out object? value) ? ConfigValues.ToReduction("reduction", value) : LossReduction.SumOverBatchSize;

    /// <summary>Reads a number; an integer is accepted.</summary>
    /// <param name="key">The argument's JSON name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">There is no such entry, or it is not a number.</exception>
    public double GetDouble(string key) => ConfigValues.ToDouble(key, Argument(key));

    /// <summary>Reads an integer.</summary>
    /// <param name="key">The argument's JSON name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">There is no such entry, or it is not an integer.</exception>
    public long GetInt64(string key) => ConfigValues.ToInt64(key, Argument(key));

    /// <summary>Reads true or false.</summary>
    /// <param name="key">The argument's JSON name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">There is no such entry, or it is neither.</exception>
    public bool GetBoolean(string key) => ConfigValues.ToBoolean(key, Argument(key));

    /// <summary>Reads a string.</summary>
    /// <param name="key">The argument's JSON name.</param>
    /// <returns>The value, never null.</returns>
    /// <exception cref="ArgumentException">There is no such entry, or it is not a string.</exception>
    public string GetString(string key) => ConfigValues.ToText(key, Argument(key));

    /// <summary>Reads a distance, given as such or by the name of a registered one.</summary>
    /// <param name="key">The argument's JSON name.</param>
    /// <returns>The distance.</returns>
    /// <exception cref="ArgumentException">There is no such entry, or no such distance.</exception>
    public Distance GetDistance(string key) => ConfigValues.ToDistance(key, Argument(key));

    /// <summary>This configuration with one argument changed.</summary>
    /// <param name="key">The argument's JSON name; a new one is added at the end.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A new configuration.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the value of a type that a configuration does not hold.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <example><code>var wider = TripletSemiHardLoss.FromConfig(loss.GetConfig().With("margin", 0.8));</code></example>
    public LossConfig With(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var changed = KeyValuePair.Create(key, value);
        return new(ContainsKey(key) ? this.Select(entry => entry.Key == key ? changed : entry) : this.Append(changed));
    }

    /// <summary>Fills in missing arguments from a loss, and converts every value to the type it has there.</summary>
    /// <param name="loss">A loss made with the defaults: its arguments are the known ones.</param>
    /// <returns>
    /// Every argument of <paramref name="loss"/>, in its order, with the value given here, or else its own. A null name stands for the
    /// default. An argument whose default is null takes any value.
    /// </returns>
    /// <exception cref="ArgumentException">An entry is unknown to the loss, or of another type than its default.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <example>
    /// <code>
    /// LossConfig config = new LossConfig(("margin", 2)).WithDefaultsOf(new TripletSemiHardLoss());
    /// config.GetDouble("margin");               // 2
    /// config.GetDistance("distance_metric");    // Distance.SquaredEuclidean
    /// </code>
    /// </example>
    public LossConfig WithDefaultsOf(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        LossConfig defaults = loss.GetConfig();
        foreach (string key in Keys)
        {
            if (!defaults.ContainsKey(key))
                throw new LossConfigException(key, $"is not known. {NearestName.Hint(key, defaults.Keys)}");
        }
        return new(defaults.Select(standard => KeyValuePair.Create(standard.Key, Complete(standard.Key, standard.Value))));
    }

    private object? Complete(string key, object? standard)
    {
        bool isDefault = !TryGetValue(key, out object? value) || (key == "name" && value is null);
        return isDefault ? standard : ConfigValues.ToTypeOf(standard, key, value);
    }

    private object? Argument(string key) => TryGetValue(key, out object? value)
        ? value
        : throw new LossConfigException(key, $"is not in the configuration. {NearestName.Hint(key, Keys)}");
}
