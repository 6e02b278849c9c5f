using System.Text.Json;

namespace TripletLoss;

/// <summary>The one exception of reading JSON: its message begins with the path, and its <see cref="JsonException.Path"/> holds it.</summary>
internal static class JsonErrors
{
    /// <summary>JSON that says something wrong.</summary>
    public static JsonException At(string path, string problem, Exception? inner = null) =>
        new($"{path} {problem}", path, null, null, inner);

    /// <summary>What a converter reads: its errors leave the path to the serializer, which adds its own.</summary>
    public static T WithoutPath<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <summary>Text that is not JSON.</summary>
    public static JsonException Malformed(string path, JsonException inner) =>
        new($"{path} is not well-formed JSON: {inner.Message}", path, inner.LineNumber, inner.BytePositionInLine, inner);
}
