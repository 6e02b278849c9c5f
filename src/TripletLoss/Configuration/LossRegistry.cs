using System.Diagnostics.CodeAnalysis;

namespace TripletLoss;

/// <summary>The classes that JSON can name. Nothing is looked up by reflection: what is not here is unknown.</summary>
internal static class LossRegistry
{
    private static readonly object Gate = new();

    /// <summary>Replaced as a whole under the gate, so that readers need no lock.</summary>
    private static volatile LossEntry[] _entries =
    [
        new(LossName.OwnPackage, nameof(TripletSemiHardLoss), typeof(TripletSemiHardLoss), TripletSemiHardLoss.FromConfig, "triplet_semihard_loss"),
        new(LossName.OwnPackage, nameof(TripletHardLoss), typeof(TripletHardLoss), TripletHardLoss.FromConfig, "triplet_hard_loss"),
        new(LossName.OwnPackage, nameof(TripletBatchAllLoss), typeof(TripletBatchAllLoss), TripletBatchAllLoss.FromConfig),
        new(LossName.OwnPackage, nameof(ExplicitTripletLoss), typeof(ExplicitTripletLoss), ExplicitTripletLoss.FromConfig),
    ];

    /// <summary>All classes, in the order of registration.</summary>
    public static IReadOnlyList<LossEntry> Entries => _entries;

    /// <summary>The functions by which TensorFlow Addons' files name a loss.</summary>
    public static IEnumerable<string> FunctionNames => _entries.Select(entry => entry.AddonsFunction).OfType<string>();

    /// <summary>Adds a class, unless it is there already in the same way.</summary>
    /// <exception cref="ArgumentException">Its name or type is taken.</exception>
    public static void Add(LossEntry added)
    {
        lock (Gate)
        {
            if (_entries.Contains(added))
                return;
            foreach (var entry in _entries)
            {
                if (entry.ClassName == added.ClassName)
                    throw new ArgumentException($"a loss named '{added.ClassName}' is registered already: {entry.Type}{(entry.Type == added.Type ? ", by another factory or in another package" : "")}.", "className");
                if (entry.SnakeName == added.SnakeName)
                    throw new ArgumentException(
                        $"'{added.ClassName}' and the registered '{entry.ClassName}' are both '{entry.SnakeName}' in snake case.", "className");
                if (entry.Type == added.Type)
                    throw new ArgumentException($"{entry.Type} is registered already, as '{entry.ClassName}'.", "className");
            }
            _entries = [.. _entries, added];
        }
    }

    /// <summary>Finds a class by its name in a file; without a package, by its class name alone.</summary>
    public static bool TryFind(LossName name, [NotNullWhen(true)] out LossEntry? entry)
    {
        entry = _entries.FirstOrDefault(
            candidate => name.Package is null ? candidate.ClassName == name.ClassName : candidate.FullNames.Contains(name));
        return entry is not null;
    }

    /// <summary>Finds a class by the function that TensorFlow Addons has for it, with or without the package.</summary>
    public static bool TryFindFunction(string text, [NotNullWhen(true)] out LossEntry? entry)
    {
        LossName name = LossName.Parse(text);
        entry = name.Package is null or LossName.AddonsPackage ? _entries.FirstOrDefault(candidate => candidate.AddonsFunction == name.ClassName) : null;
        return entry is not null;
    }

    /// <summary>The names to list beside one that is unknown: with packages if it has one.</summary>
    public static IEnumerable<string> NamesLike(LossName name) => name.Package is null
        ? _entries.Select(entry => entry.ClassName)
        : _entries.SelectMany(entry => entry.FullNames).Select(full => full.ToString());

    /// <summary>The entry of a loss's class.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public static LossEntry EntryOf(Loss loss)
    {
        Type type = loss.GetType();
        return _entries.FirstOrDefault(entry => entry.Type == type) ?? throw new InvalidOperationException(
            $"{type} is not registered, so JSON could not be read back. Call Losses.Register(\"{type.Name}\", {type.Name}.FromConfig) "
            + "once, here and in the program that reads the JSON.");
    }
}
