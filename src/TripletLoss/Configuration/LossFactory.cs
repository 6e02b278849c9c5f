using System.Text.Json;

namespace TripletLoss;

/// <summary>Makes a loss of a configuration in JSON, and tells its errors by their paths.</summary>
internal static class LossFactory
{
    /// <exception cref="JsonException">The configuration is not one of the class.</exception>
    public static Loss Make(LossEntry entry, JsonFields fields, bool isAddons)
    {
        try
        {
            LossConfig config = ConfigOf(fields);
            return Make(entry, isAddons ? AddonsConfig.Translate(config) : config);
        }
        catch (LossConfigException exception)
        {
            throw JsonErrors.At(fields.PathOf(exception.Key), exception.Problem, exception);
        }
        catch (ArgumentException exception)
        {
            throw JsonErrors.At(PathOf(exception.ParamName, fields), $"is refused by {entry.ClassName}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidCastException or FormatException or OverflowException)
        {
            throw JsonErrors.At(fields.Path, $"is refused by {entry.ClassName}: {exception.Message}", exception);
        }
    }

    /// <summary>Makes a loss.</summary>
    /// <exception cref="InvalidOperationException">The registered factory returned null.</exception>
    public static Loss Make(LossEntry entry, LossConfig config) =>
        entry.Factory(config) ?? throw new InvalidOperationException($"The factory registered for {entry.ClassName} returned null.");

    /// <summary>A configuration as it stands in JSON.</summary>
    /// <exception cref="JsonException">A name is empty, or a value of a type that no configuration holds.</exception>
    public static LossConfig ConfigOf(JsonFields fields)
    {
        foreach (var (name, value) in fields.Members)
        {
            if (name.Length == 0)
                throw JsonErrors.At(fields.PathOf(name), "is not known: a name is empty.");
            if (value is JsonElement)
                throw JsonErrors.At(
                    fields.PathOf(name), $"must be a number, a string, true, false or null, got {ConfigValues.Describe(value)}.");
        }
        return new(fields.Members);
    }

    /// <summary>A constructor's parameter is the entry of the same name in snake case.</summary>
    private static string PathOf(string? parameter, JsonFields fields)
    {
        string key = SnakeCase.From(parameter ?? "");
        return fields.Members.ContainsKey(key) ? fields.PathOf(key) : fields.Path;
    }
}
