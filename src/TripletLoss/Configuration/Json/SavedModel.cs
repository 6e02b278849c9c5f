using System.Text.Json;

namespace TripletLoss;

/// <summary>The document around a loss that Keras writes for a model.</summary>
internal static class SavedModel
{
    private static readonly string[] Compiled = ["compile_config", "training_config"];
    private static readonly string[] ModelClasses = ["Functional", "Sequential", "Model"];
    private static readonly string[] ModelMembers = ["build_config", "keras_version", "is_graph_network", "save_spec"];

    /// <summary>The loss inside a model's document, with its path; any other value as it is.</summary>
    /// <param name="root">The whole document.</param>
    /// <param name="output">Which of a model's outputs, where each has its loss; null: the document has one loss.</param>
    /// <exception cref="JsonException">The document is a model's, and has not the one loss.</exception>
    public static (object? Loss, string Path) LossIn(object? root, string? output)
    {
        var (loss, path) = JsonFields.Of(root, JsonParser.Root) is { } document ? LossOf(document, root) : (root, JsonParser.Root);
        if (path != JsonParser.Root && ModelOutput.AllOf(loss, path) is { } outputs)
            return ModelOutput.Choose(outputs, path, output);
        return output is null
            ? (loss, path)
            : throw JsonErrors.At(path, $"does not have a loss for each output, so there is none for the output {ConfigValues.Quote(output)}.");
    }

    private static (object? Loss, string Path) LossOf(JsonFields document, object? root)
    {
        if (Compiled.FirstOrDefault(document.Members.ContainsKey) is { } name)
        {
            return document.Object(name) is { } compiled
                ? OneOf(compiled)
                : throw JsonErrors.At(document.PathOf(name), "must be an object: a model that was not compiled has no loss.");
        }
        if (document.Members.ContainsKey("loss") && !document.Members.ContainsKey("class_name"))
            return OneOf(document);
        return !IsModel(document)
            ? (root, JsonParser.Root)
            : throw JsonErrors.At(
                JsonParser.Root, $"is a model, {ConfigValues.Quote(document.OptionalText("class_name")!)}, without a loss: it was not compiled, or this is its architecture alone. "
                + "A compiled model's loss is in compile_config (a .keras file's config.json) or in training_config (beside model_config in an HDF5 file, and in a SavedModel's metadata).");
    }

    private static (object? Loss, string Path) OneOf(JsonFields compiled)
    {
        object? loss = compiled.Members.GetValueOrDefault("loss");
        string path = compiled.PathOf("loss");
        return loss is JsonElement || (loss is string function && LossRegistry.TryFindFunction(function, out _))
            ? (loss, path)
            : throw JsonErrors.At(path, $"must be one loss, an object with class_name and config, got {ConfigValues.Describe(loss)}.");
    }

    private static bool IsModel(JsonFields document) =>
        document.Members.GetValueOrDefault("class_name") is string className
        && !LossRegistry.TryFind(LossName.Parse(className), out _)
        && (ModelClasses.Contains(className) || ModelMembers.Any(document.Members.ContainsKey) || document.Object("config")?.Members.ContainsKey("layers") == true);
}
