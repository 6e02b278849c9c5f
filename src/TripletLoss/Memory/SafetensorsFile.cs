using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Tensors by name in a file of the safetensors format: the length of a header, the header as JSON, then the numbers.</summary>
internal static class SafetensorsFile
{
    private const int LengthBytes = sizeof(long);

    // A header of a few tensors has a few hundred bytes.
    private const long MostHeaderBytes = 1 << 20;

    /// <summary>Writes a new file and gives it the name: at any moment the name has a whole file, the old or the new.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                Write(stream, tensors);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Reads tensors onto the CPU; whatever the file says, no more memory is taken than it has bytes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or has no such tensor.</exception>
    public static Dictionary<string, Tensor> Read(string path, IReadOnlyList<string> names)
    {
        using var stream = File.OpenRead(path);
        try
        {
            using var header = ReadHeader(stream);
            var start = stream.Position;
            return names.ToDictionary(name => name, name => SafetensorsEntry.Parse(header.RootElement, name, stream.Length - start).Read(stream, start));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path} is not a safetensors file of a memory: {exception.Message}", exception);
        }
    }

    private static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var dense = tensors.Select(pair => (pair.Key, Value: pair.Value.cpu().contiguous())).ToList();
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            var offset = 0L;
            foreach (var (name, value) in dense)
                offset = new SafetensorsEntry(name, value.dtype, value.shape, offset).Write(json);
            json.WriteEndObject();
        }
        // The numbers begin at a multiple of eight bytes.
        while (header.Length % LengthBytes != 0)
            header.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
        foreach (var (_, value) in dense)
            value.WriteBytesToStream(stream, 1 << 16);
    }

    private static JsonDocument ReadHeader(Stream stream)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        stream.ReadExactly(length);
        var bytes = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (bytes < 2 || bytes > Math.Min(MostHeaderBytes, stream.Length - LengthBytes))
            throw new FormatException("its header is cut off or too long");
        var header = new byte[bytes];
        stream.ReadExactly(header);
        return JsonDocument.Parse(header);
    }
}
