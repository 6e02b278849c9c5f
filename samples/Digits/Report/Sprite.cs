namespace Digits;

/// <summary>All images side by side in one picture, from which the page cuts each: an uncompressed bitmap of 17 greys, which every browser reads.</summary>
internal static class Sprite
{
    public const int Columns = 30;
    private const int Side = 8;
    private const int Greys = 17;
    private const int HeaderBytes = 14 + 40;

    /// <summary>An image cut from the picture; how large is the style's business.</summary>
    public static string Thumb(int image) => $"<i class=\"thumb\" style=\"--x:{image % Columns};--y:{image / Columns}\"></i>";

    /// <summary>The picture as an address that holds it.</summary>
    public static string Of(DigitImages digits)
    {
        var (width, height) = (Columns * Side, (digits.Count + Columns - 1) / Columns * Side);
        var pixels = new byte[width * height];
        foreach (var (ink, at) in digits.Images.data<float>().ToArray().Select((ink, at) => (ink, at)))
        {
            var (image, y, x) = (at / DigitImages.Pixels, at / Side % Side, at % Side);
            // A bitmap's rows go upwards.
            pixels[((height - 1 - (image / Columns * Side) - y) * width) + (image % Columns * Side) + x] = (byte)Math.Round(ink * (Greys - 1));
        }

        using var bytes = new MemoryStream();
        using var file = new BinaryWriter(bytes);
        var offset = HeaderBytes + (4 * Greys);
        file.Write("BM"u8);
        foreach (var number in new[] { offset + pixels.Length, 0, offset, 40, width, height, 1 | (8 << 16), 0, pixels.Length, 0, 0, Greys, 0 })
            file.Write(number);
        for (var grey = 0; grey < Greys; grey++)
            file.Write(0x010101 * (255 - (255 * grey / (Greys - 1))));
        file.Write(pixels);
        return $"data:image/bmp;base64,{Convert.ToBase64String(bytes.ToArray())}";
    }
}
