using System.Text.Json;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What the header of a safetensors file says about a tensor.</summary>
internal readonly record struct SafetensorsEntry(string Name, ScalarType Type, long[] Shape, long Offset)
{
    private static readonly (string Name, ScalarType Type, int Bytes)[] Types =
        [("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("F32", ScalarType.Float32, 4), ("F64", ScalarType.Float64, 8), ("I64", ScalarType.Int64, 8)];

    private long Bytes
    {
        get
        {
            var type = Type;
            return Shape.Aggregate((long)Types.First(known => known.Type == type).Bytes, (bytes, count) => checked(bytes * count));
        }
    }

    /// <summary>Writes the entry.</summary>
    /// <returns>The offset of the next one.</returns>
    public long Write(Utf8JsonWriter json)
    {
        var type = Type;
        json.WriteStartObject(Name);
        json.WriteString("dtype", Types.First(known => known.Type == type).Name);
        WriteNumbers("shape", Shape);
        WriteNumbers("data_offsets", [Offset, Offset + Bytes]);
        json.WriteEndObject();
        return Offset + Bytes;

        void WriteNumbers(string name, long[] numbers)
        {
            json.WriteStartArray(name);
            foreach (var number in numbers)
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }
    }

    /// <summary>Reads the entry, and checks it against the bytes that there are.</summary>
    /// <exception cref="FormatException">There is none, or it is wrong.</exception>
    public static SafetensorsEntry Parse(JsonElement header, string name, long bytes)
    {
        if (header.ValueKind != JsonValueKind.Object || !header.TryGetProperty(name, out var entry) || entry.ValueKind != JsonValueKind.Object)
            throw new FormatException($"it has no tensor '{name}'");
        var type = Types.FirstOrDefault(known => entry.TryGetProperty("dtype", out var dtype) && dtype.ValueKind == JsonValueKind.String && dtype.ValueEquals(known.Name));
        var (shape, offsets) = (Numbers(entry, "shape"), Numbers(entry, "data_offsets"));
        if (type.Name is null || shape is null || offsets is not [var begin, var end])
            throw new FormatException($"its entry '{name}' must have a dtype of {string.Join(", ", Types.Select(known => known.Name))}, a shape and two data_offsets");
        var found = new SafetensorsEntry(name, type.Type, shape, begin);
        try
        {
            if (begin <= end && end <= bytes && found.Bytes == end - begin)
                return found;
        }
        catch (OverflowException)
        {
            // Of no file.
        }
        throw new FormatException($"its entry '{name}' has a shape and data_offsets that do not match each other or the size of the file");
    }

    /// <summary>Reads the tensor.</summary>
    public Tensor Read(Stream stream, long start)
    {
        stream.Position = start + Offset;
        var read = empty(Shape, Type, CPU);
        if (read.numel() > 0)
            read.ReadBytesFromStream(stream, 1 << 16);
        return read;
    }

    // Null where it is no list of numbers from 0 on.
    private static long[]? Numbers(JsonElement entry, string name)
    {
        if (!entry.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > 8)
            return null;
        var numbers = new List<long>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
                return null;
            numbers.Add(number);
        }
        return [.. numbers];
    }
}
