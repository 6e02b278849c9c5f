namespace TripletLoss;

/// <summary>The document around a loss that Keras writes for a compiled model.</summary>
internal static class SavedModel
{
    /// <summary>The loss inside a model's <c>config.json</c> or <c>training_config</c>; any other value is returned as it is.</summary>
    /// <exception cref="System.Text.Json.JsonException">The document is a model's, without one loss.</exception>
    public static object? LossIn(object? root) => root switch
    {
        JsonFields model when model.Members.ContainsKey("compile_config") => LossOf(Compiled(model)),
        JsonFields training when training.Members.ContainsKey("loss") && !training.Members.ContainsKey("class_name") => LossOf(training),
        _ => root,
    };

    private static JsonFields Compiled(JsonFields model) =>
        model.Members["compile_config"] as JsonFields
        ?? throw JsonErrors.At(model.PathOf("compile_config"), "must be an object: a model that was not compiled has no loss.");

    private static JsonFields LossOf(JsonFields compiled)
    {
        object? loss = compiled.Members.GetValueOrDefault("loss");
        return loss as JsonFields ?? throw JsonErrors.At(
            compiled.PathOf("loss"), $"must be one loss, an object with class_name and config, got {ConfigValues.Describe(loss)}.");
    }
}
