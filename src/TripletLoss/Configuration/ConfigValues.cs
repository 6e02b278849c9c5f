using System.Globalization;
using System.Text.Json;

namespace TripletLoss;

/// <summary>The values that a configuration can hold, and their conversions: every one exact or refused.</summary>
internal static class ConfigValues
{
    /// <summary>Brings a value to one of the types a configuration holds.</summary>
    public static object? Normalize(string key, object? value) => value switch
    {
        LossReduction reduction when !Enum.IsDefined(reduction) => throw new LossConfigException(
            key, $"must be one of LossReduction's values, got {Describe((int)reduction)}."),
        null or bool or long or double or string or LossReduction or Distance => value,
        int integer => (long)integer,
        float single => (double)single,
        _ => throw new LossConfigException(
            key, $"must be null, a bool, a long, a double, a string, a LossReduction or a Distance, got {value.GetType()}."),
    };

    /// <summary>Brings a value to the type of a default; what a null default stands for is the loss's own affair.</summary>
    public static object? ToTypeOf(object? standard, string key, object? value) => standard switch
    {
        double => ToDouble(key, value),
        long => ToInt64(key, value),
        bool => ToBoolean(key, value),
        string => ToText(key, value),
        LossReduction => ToReduction(key, value),
        Distance => ToDistance(key, value),
        _ => value,
    };

    public static double ToDouble(string key, object? value) => value switch
    {
        double number => number,
        long integer => integer,
        _ => throw Wrong(key, "a number", value),
    };

    public static long ToInt64(string key, object? value) => value is long integer ? integer : throw Wrong(key, "an integer", value);

    public static bool ToBoolean(string key, object? value) => value is bool truth ? truth : throw Wrong(key, "true or false", value);

    public static string ToText(string key, object? value) => value as string ?? throw Wrong(key, "a string", value);

    /// <summary>Keras 3 writes <c>null</c> for no reduction, as its constructor takes <c>None</c>.</summary>
    public static LossReduction ToReduction(string key, object? value) => value switch
    {
        LossReduction reduction => reduction,
        null => LossReduction.None,
        string name when LossReductionNames.TryParse(name, out var reduction) => reduction.Value,
        "auto" => throw new LossConfigException(
            key, "\"auto\" is read in TensorFlow Addons' own files only; write \"sum_over_batch_size\", which it stood for."),
        string name => throw new LossConfigException(
            key, $"{Quote(name)} is not known. {NearestName.Hint(name, LossReductionNames.All)}"),
        _ => throw Wrong(key, "a string", value),
    };

    public static Distance ToDistance(string key, object? value) => value switch
    {
        Distance distance => distance,
        string name when Distance.TryGet(name, out var distance) => distance,
        string name => throw new LossConfigException(
            key, $"{Quote(name)} is not known. {NearestName.Hint(name, Distance.Names)} Distance.Register adds custom ones."),
        _ => throw Wrong(key, "a distance's name", value),
    };

    /// <summary>A value as an error message shows it.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => $"the string {Quote(text)}",
        JsonElement { ValueKind: JsonValueKind.Object } => "an object",
        JsonElement => "an array",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    /// <summary>A file's text in quotes, cut where it is long.</summary>
    public static string Quote(string text) => $"\"{Shortened(text)}\"";

    /// <summary>The text itself, or the beginning of a long one: no message grows with the file.</summary>
    public static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..57]}...";

    private static LossConfigException Wrong(string key, string expected, object? value) =>
        new(key, $"must be {expected}, got {Describe(value)}.");
}
