using System.Text.Json;

namespace TripletLoss;

/// <summary>Keras's envelope around a configuration: module, class_name, config, registered_name.</summary>
internal static class LossEnvelope
{
    private static readonly string[] Names = ["module", "class_name", "config", "registered_name"];

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
    /// <exception cref="JsonException">The value is not the envelope of a known loss.</exception>
    public static Loss Read(object? value)
    {
        if (value is not JsonFields envelope)
            throw JsonErrors.At(JsonParser.Root, $"must be an object with class_name and config, got {ConfigValues.Describe(value)}.");
        foreach (string name in envelope.Members.Keys.Except(Names))
            throw JsonErrors.At(envelope.PathOf(name), $"is not known. {NearestName.Hint(name, Names)}");
        var (loss, path) = NameIn(envelope);
        if (!LossRegistry.TryFind(loss, out var entry))
            throw JsonErrors.At(
                path, $"{ConfigValues.Quote(loss.ToString())} is not known. {NearestName.Hint(loss.ToString(), LossRegistry.NamesLike(loss))} "
                + "Losses.Register adds one's own.");
        return LossFactory.Make(entry, ConfigIn(envelope), isAddons: loss.Package == LossName.AddonsPackage);
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
            if (registered.ClassName != name.ClassName || (name.Package ?? registered.Package) != (registered.Package ?? name.Package))
                throw JsonErrors.At(
                    path, $"{ConfigValues.Quote(registeredText)} and class_name {ConfigValues.Quote(text)} must name the same class.");
            if (name.Package is null && registered.Package is not null)
                return (registered, path);
        }
        bool isAddons = name.Package is null && module.Split('.')[0] == "tensorflow_addons";
        return (isAddons ? name with { Package = LossName.AddonsPackage } : name, envelope.PathOf("class_name"));
    }

    /// <summary>The configuration; all defaults where it is absent.</summary>
    private static JsonFields ConfigIn(JsonFields envelope)
    {
        string path = envelope.PathOf("config");
        if (!envelope.Members.TryGetValue("config", out object? value))
            return new(path, new Dictionary<string, object?>());
        return value as JsonFields ?? throw JsonErrors.At(path, $"must be an object, got {ConfigValues.Describe(value)}.");
    }
}
