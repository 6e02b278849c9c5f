using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TripletLoss;

/// <summary>Writes configurations as JSON; every number reads back exactly.</summary>
internal static class LossConfigJson
{
    /// <summary>Nothing but what JSON demands is escaped: <c>Package>Class</c> stays readable. Not for pasting into HTML.</summary>
    public static JsonWriterOptions Options(bool indented) =>
        new() { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For reading by people; a value that JSON cannot represent is written as a string.</summary>
    public static string Text(LossConfig config)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options(indented: false)))
            Write(writer, config);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Refuses what could not be read back.</summary>
    /// <exception cref="InvalidOperationException">An unregistered distance, a number that is not finite, text that is not Unicode.</exception>
    public static void Check(LossConfig config)
    {
        foreach (var (key, value) in config)
            Check(key, value);
    }

    /// <summary>Refuses a value that could not be read back.</summary>
    /// <exception cref="InvalidOperationException">An unregistered distance, a number that is not finite, text that is not Unicode.</exception>
    public static void Check(string key, object? value)
    {
        if (value is Distance { IsRegistered: false } distance)
            throw new InvalidOperationException(
                $"{key} is the distance '{distance.Name}', which has no registered name. Make it by Distance.Register(name, (x, y) => matrix) "
                + "instead of Distance.Create, here and in the program that reads the JSON.");
        if (value is double number && !double.IsFinite(number))
            throw new InvalidOperationException($"{key} is {ConfigValues.Describe(number)}, a number that JSON cannot represent.");
        if (value is string text && !StrictText.IsWritable(text))
            throw new InvalidOperationException($"{key} has half a surrogate pair, text that JSON cannot represent.");
    }

    public static void Write(Utf8JsonWriter writer, LossConfig config)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in config)
        {
            writer.WritePropertyName(key);
            Write(writer, value);
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case long integer: writer.WriteNumberValue(integer); break;
            case double number when double.IsFinite(number): writer.WriteRawValue(Number(number)); break;
            case LossReduction reduction: writer.WriteStringValue(LossReductionNames.NameOf(reduction)); break;
            case Distance distance: writer.WriteStringValue(distance.Name); break;
            default: writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    /// <summary>As Python writes it: 1.0, not 1, so that a double comes back as one.</summary>
    private static string Number(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }
}
