using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>Every constructor argument of a loss under its JSON name, in order: what <see cref="Loss.GetConfig"/> returns.</summary>
/// <remarks>
/// Immutable. A value is null, a <see cref="bool"/>, a <see cref="long"/>, a <see cref="double"/>, a <see cref="string"/>, a
/// <see cref="LossReduction"/> or a <see cref="Distance"/>; an <see cref="int"/> is kept as a long and a <see cref="float"/> as a double.
/// Two configurations are equal when they hold equal values under the same names, in whatever order; a reduction or a registered distance equals the string that
/// stands for it in JSON.
/// </remarks>
/// <example>
/// <code>
/// LossConfig config = new TripletSemiHardLoss(margin: 0.5).GetConfig();
/// object? margin = config["margin"];     // 0.5
/// string json = config.ToString();       // {"name":"triplet_semi_hard_loss","reduction":"sum_over_batch_size","margin":0.5,"distance_metric":"squared-L2"}
/// </code>
/// </example>
[JsonConverter(typeof(LossConfigJsonConverter))]
public sealed partial class LossConfig : IReadOnlyDictionary<string, object?>, IEquatable<LossConfig>
{
    private readonly KeyValuePair<string, object?>[] _entries;

    /// <summary>Makes a configuration of names and values.</summary>
    /// <param name="entries">The entries, in order, each name once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> or a name is null.</exception>
    /// <exception cref="ArgumentException">A name is empty or occurs twice, or a value is of a type that a configuration does not hold.</exception>
    /// <example><code>var config = new LossConfig(("margin", 0.5), ("distance_metric", Distance.Euclidean));</code></example>
    public LossConfig(params (string Name, object? Value)[] entries)
        : this((entries ?? throw new ArgumentNullException(nameof(entries))).Select(entry => KeyValuePair.Create(entry.Name, entry.Value)))
    {
    }

    /// <summary>Makes a configuration of names and values, of a dictionary for example.</summary>
    /// <param name="entries">The entries, in order, each name once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> or a name is null.</exception>
    /// <exception cref="ArgumentException">A name is empty or occurs twice, or a value is of a type that a configuration does not hold.</exception>
    public LossConfig(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var list = new List<KeyValuePair<string, object?>>();
        foreach (var (name, value) in entries)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(entries));
            if (!names.Add(name))
                throw new LossConfigException(name, "occurs twice.");
            list.Add(new(name, ConfigValues.Normalize(name, value)));
        }
        _entries = [.. list];
    }

    /// <summary>The empty configuration, which leaves every argument at its default.</summary>
    internal static LossConfig Empty { get; } = new();

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <inheritdoc/>
    public IEnumerable<object?> Values => _entries.Select(entry => entry.Value);

    /// <summary>The value under a name.</summary>
    /// <param name="key">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public object? this[string key] => TryGetValue(key, out object? value)
        ? value
        : throw new KeyNotFoundException($"The configuration has no '{key}'. {NearestName.Hint(key, Keys)}");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        foreach (var entry in _entries)
        {
            if (entry.Key == key)
            {
                value = entry.Value;
                return true;
            }
        }
        value = null;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] LossConfig? other) =>
        other is not null && Count == other.Count
        && _entries.All(entry => other.TryGetValue(entry.Key, out object? value) && Equals(Written(entry.Value), Written(value)));

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as LossConfig);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Aggregate(0, (hash, entry) => hash ^ HashCode.Combine(entry.Key, Written(entry.Value)));

    /// <summary>The entries as a JSON object.</summary>
    public override string ToString() => LossConfigJson.Text(this);

    private static object? Written(object? value) => value switch
    {
        LossReduction reduction => LossReductionNames.NameOf(reduction),
        Distance { IsRegistered: true } distance => distance.Name,
        _ => value,
    };
}
