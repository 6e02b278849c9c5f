using System.Text;

namespace TripletLoss;

/// <summary>UTF-8 that refuses what it cannot write, where the usual one puts a replacement character in silence.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a JSON text.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text has half a surrogate pair.</exception>
    public static byte[] Utf8(string json)
    {
        try
        {
            return Encoding.GetBytes(json);
        }
        catch (EncoderFallbackException exception)
        {
            throw JsonErrors.At(JsonParser.Root, $"holds text that is not valid Unicode: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a text can be written and read back.</summary>
    public static bool IsWritable(string text)
    {
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int consumed) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[consumed..];
        }
        return true;
    }
}
