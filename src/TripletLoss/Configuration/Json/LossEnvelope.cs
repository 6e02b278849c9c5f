using System.Text.Json;

namespace TripletLoss;

/// <summary>Keras's envelope around a configuration: module, class_name, config, registered_name.</summary>
internal static class LossEnvelope
{
    /// <summary>The members, in Keras's order.</summary>
    public static readonly string[] Names = ["module", "class_name", "config", "registered_name"];

    /// <summary>Numbers the objects of a file for Keras; nothing of a loss depends on it.</summary>
    private const string SharedObject = "shared_object_id";

    /// <summary>Writes a loss.</summary>
    /// <exception cref="InvalidOperationException">The loss, or its distance, is not registered.</exception>
    public static void Write(Utf8JsonWriter writer, Loss loss)
    {
        LossEntry entry = LossRegistry.EntryOf(loss);
        LossConfig config = loss.GetConfig();
        LossConfigJson.Check(config);
        writer.WriteStartObject();
        writer.WriteString("module", entry.Package);
        writer.WriteString("class_name", entry.ClassName);
        writer.WritePropertyName("config");
        LossConfigJson.Write(writer, config);
        writer.WriteString("registered_name", new LossName(entry.Package, entry.ClassName).ToString());
        writer.WriteEndObject();
    }

    /// <summary>Reads a loss.</summary>
    /// <exception cref="JsonException">The value is not the envelope of a known loss, nor the name of a function that TensorFlow Addons has for one.</exception>
    public static Loss Read(object? value, string path)
    {
        if (value is string name && LossRegistry.TryFindFunction(name, out var function))
            return LossFactory.Make(function, LossConfig.Empty);
        if (JsonFields.Of(value, path) is not { } envelope)
            throw JsonErrors.At(path, $"must be an object with class_name and config, got {ConfigValues.Describe(value)}.");
        foreach (string member in envelope.Members.Keys.Except(Names).Where(member => member != SharedObject))
            throw JsonErrors.At(envelope.PathOf(member), $"is not known. {NearestName.Hint(member, Names)}");
        return FunctionIn(envelope) ?? LossFactory.Make(EntryIn(envelope, out bool isAddons), ConfigIn(envelope), isAddons);
    }

    /// <summary>A function is an object of the class <c>function</c> whose configuration is its name; null for any other object.</summary>
    private static Loss? FunctionIn(JsonFields envelope)
    {
        if (envelope.Members.GetValueOrDefault("config") is not string name || !IsFunctionClass(envelope.OptionalText("class_name")))
            return null;
        string? registered = envelope.OptionalText("registered_name");
        // A compiled function is registered by its class.
        string member = registered is null || IsFunctionClass(registered) ? "config" : "registered_name";
        string known = member == "config" ? name : registered!;
        return LossRegistry.TryFindFunction(known, out var entry)
            ? LossFactory.Make(entry, LossConfig.Empty)
            : throw JsonErrors.At(
                envelope.PathOf(member), $"{ConfigValues.Quote(known)} is a function that is not known. {NearestName.Hint(known, LossRegistry.FunctionNames)}");
    }

    private static bool IsFunctionClass(string? name) => name is "function" or "Function";

    private static LossEntry EntryIn(JsonFields envelope, out bool isAddons)
    {
        var (name, path) = NameIn(envelope);
        isAddons = name.Package == LossName.AddonsPackage;
        return LossRegistry.TryFind(name, out var entry)
            ? entry
            : throw JsonErrors.At(
                path, $"{ConfigValues.Quote(name.ToString())} is not known. {NearestName.Hint(name.ToString(), LossRegistry.NamesLike(name))} "
                + "Losses.Register adds custom losses.");
    }

    /// <summary>The class, with the path of the member that decides it.</summary>
    private static (LossName Name, string Path) NameIn(JsonFields envelope)
    {
        string module = envelope.OptionalText("module") ?? "";
        string text = envelope.OptionalText("class_name")
            ?? throw JsonErrors.At(envelope.Path, "has no class_name; it must be an object with class_name and config.");
        LossName name = LossName.Parse(text);
        if (envelope.OptionalText("registered_name") is { } registeredText)
        {
            LossName registered = LossName.Parse(registeredText);
            string path = envelope.PathOf("registered_name");
            if (Contradict(name, registered))
                throw JsonErrors.At(
                    path, $"{ConfigValues.Quote(registeredText)} and class_name {ConfigValues.Quote(text)} must name the same class.");
            // A class may be registered under another name than its own: that decides, as in Keras.
            if (registered.ClassName != name.ClassName || (name.Package is null && registered.Package is not null))
                return (registered, path);
        }
        bool isAddons = name.Package is null && module.Split('.')[0] == "tensorflow_addons";
        return (isAddons ? name with { Package = LossName.AddonsPackage } : name, envelope.PathOf("class_name"));
    }

    /// <summary>Whether the two belong to different packages, or are two known classes of one package.</summary>
    private static bool Contradict(LossName name, LossName registered) =>
        (name.Package ?? registered.Package) != (registered.Package ?? name.Package)
        || (registered.ClassName != name.ClassName && LossRegistry.TryFind(name with { Package = registered.Package }, out _));

    /// <summary>The configuration; all defaults where it is absent.</summary>
    private static JsonFields ConfigIn(JsonFields envelope)
    {
        string path = envelope.PathOf("config");
        if (!envelope.Members.TryGetValue("config", out object? value))
            return new(path, new Dictionary<string, object?>());
        return JsonFields.Of(value, path) ?? throw JsonErrors.At(path, $"must be an object, got {ConfigValues.Describe(value)}.");
    }
}
