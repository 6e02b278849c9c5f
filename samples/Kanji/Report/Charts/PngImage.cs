using System.Buffers.Binary;
using System.IO.Compression;

namespace Kanji;

/// <summary>A picture of at most 256 colours as PNG: a byte a pixel here, four or eight bits there.</summary>
/// <param name="width">In pixels.</param>
/// <param name="height">In pixels.</param>
/// <param name="palette">Red, green, blue and opacity of each colour.</param>
internal sealed class PngImage(int width, int height, (byte Red, byte Green, byte Blue, byte Alpha)[] palette)
{
    private const byte Indexed = 3;
    private readonly byte[] _pixels = new byte[width * height];

    public ref byte this[int x, int y] => ref _pixels[(y * width) + x];

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (palette.Length <= 16 ? (byte)4 : (byte)8, Indexed);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "PLTE"u8, [.. palette.SelectMany(colour => (byte[])[colour.Red, colour.Green, colour.Blue])]);
        WriteChunk(file, "tRNS"u8, [.. palette.Select(colour => colour.Alpha)]);
        WriteChunk(file, "IDAT"u8, Compressed());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    // Each row begins with its filter, which is none.
    private byte[] Compressed()
    {
        using var bytes = new MemoryStream();
        using (var packed = new ZLibStream(bytes, CompressionLevel.SmallestSize))
        {
            foreach (var row in _pixels.Chunk(width))
                packed.Write([0, .. palette.Length <= 16 ? row.Chunk(2).Select(two => (byte)((two[0] << 4) | two.ElementAtOrDefault(1))) : row]);
        }

        return bytes.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] checkedPart = [.. type, .. content];
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(checkedPart));
        file.Write(number);
    }

    // CRC-32 of ISO 3309.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var rest = ~0u;
        foreach (var one in bytes)
        {
            rest ^= one;
            for (var bit = 0; bit < 8; bit++) rest = (rest >> 1) ^ (0xEDB88320u & (0u - (rest & 1)));
        }

        return ~rest;
    }
}
