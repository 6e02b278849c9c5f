using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The distance by which a loss compares embeddings: a built-in or a custom one.</summary>
/// <remarks>
/// The built-in distances are computed in tiles from one matrix product, give a zero gradient (never NaN) where two points coincide,
/// and compare equal by reference. Instances are immutable.
/// </remarks>
[JsonConverter(typeof(DistanceJsonConverter))]
public sealed class Distance
{
    private static readonly ConcurrentDictionary<string, Distance> Registry = new(StringComparer.Ordinal);

    private Distance(string name, DistanceScale scale, bool ofUnitVectors = false)
    {
        Name = name;
        Scale = scale;
        OfUnitVectors = ofUnitVectors;
        Registry[name] = this;
    }

    private Distance(string name, Func<Tensor, Tensor, Tensor> matrix)
    {
        Name = name;
        CustomMatrix = matrix;
    }

    /// <summary>|x − y|², <c>"squared-L2"</c>: the default, and what TensorFlow Addons r0.7 computes.</summary>
    public static Distance SquaredEuclidean { get; } = new("squared-L2", DistanceScale.Squared);

    /// <summary>|x − y|, <c>"L2"</c>. Its gradient is 0 where two points coincide.</summary>
    public static Distance Euclidean { get; } = new("L2", DistanceScale.Root);

    /// <summary>1 − cos(x, y), <c>"angular"</c>. A zero vector is at distance 1 from everything, with zero gradient.</summary>
    public static Distance Cosine { get; } = new("angular", DistanceScale.HalfSquared, ofUnitVectors: true);

    /// <summary>The name in configurations and JSON; <c>"custom"</c> for a distance that is not registered.</summary>
    public string Name { get; }

    /// <summary>How the distance follows from a squared Euclidean one; unused for a custom distance.</summary>
    internal DistanceScale Scale { get; }

    /// <summary>Whether the points are brought to unit length first.</summary>
    internal bool OfUnitVectors { get; }

    /// <summary>The function of a custom distance; null for those of the catalogue.</summary>
    internal Func<Tensor, Tensor, Tensor>? CustomMatrix { get; }

    /// <summary>Whether <see cref="Name"/> finds this distance again.</summary>
    internal bool IsRegistered => Registry.TryGetValue(Name, out var registered) && ReferenceEquals(registered, this);

    /// <summary>The names of all registered distances, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names => [.. Registry.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The distance with a name.</summary>
    /// <param name="name">The name of a built-in or registered distance.</param>
    /// <returns>The distance.</returns>
    /// <exception cref="ArgumentException">No distance has that name; the message lists those that are known.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <example><code>Distance.Get("angular");    // Distance.Cosine</code></example>
    public static Distance Get(string name) => TryGet(name, out var distance)
        ? distance
        : throw new ArgumentException($"no distance is named {ConfigValues.Quote(name)}. {NearestName.Hint(name, Names)}", nameof(name));

    /// <summary>Finds the distance with a name.</summary>
    /// <param name="name">The name of a built-in or registered distance.</param>
    /// <param name="distance">The distance; null where there is none.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static bool TryGet(string name, [NotNullWhen(true)] out Distance? distance)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Registry.TryGetValue(name, out distance);
    }

    /// <summary>Registers a custom distance under a name, so that configurations and JSON can name it.</summary>
    /// <param name="name">A new name; the same function may be registered under the same name again.</param>
    /// <param name="matrix">
    /// From x [n, d] and y [m, d] to their distances [n, m], by differentiable operations, of the same floating type. It is called on
    /// tiles: no entry may depend on other rows. Parameters that it captures get no gradient: apply a learned projection before the loss. Where the
    /// distance is 0 its gradient is taken as 0.
    /// </param>
    /// <returns>The registered distance.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken by another distance.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    /// <example><code>var manhattan = Distance.Register("L1", (x, y) => torch.cdist(x, y, p: 1));</code></example>
    public static Distance Register(string name, Func<Tensor, Tensor, Tensor> matrix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(matrix);
        var distance = new Distance(name, matrix);
        var registered = Registry.GetOrAdd(name, distance);
        return registered == distance || registered.CustomMatrix == matrix
            ? registered
            : throw new ArgumentException($"a distance named '{ConfigValues.Shortened(name)}' is registered already. Only the same function can be registered again.", nameof(name));
    }

    /// <summary>Makes a custom distance without a name, which cannot be serialised.</summary>
    /// <param name="matrix">As for <see cref="Register"/>.</param>
    /// <returns>The distance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="matrix"/> is null.</exception>
    public static Distance Create(Func<Tensor, Tensor, Tensor> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new Distance("custom", matrix);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
