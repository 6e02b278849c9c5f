using TorchSharp;
using TripletLoss;

namespace Digits;

/// <summary>Writes a loss's configuration to a file, and reads it back.</summary>
internal static class SavedLoss
{
    /// <returns>The file, and whether what was read back gives the same value.</returns>
    public static (string File, bool IsTheSame) WriteAndRead(Loss loss, DigitImages digits, string folder)
    {
        var file = Path.Combine(folder, "loss.json");
        File.WriteAllText(file, Losses.Serialize(loss, indented: true));
        var readBack = Losses.Deserialize(File.ReadAllText(file));
        return (file, Value(readBack, digits) == Value(loss, digits));
    }

    private static double Value(Loss loss, DigitImages digits)
    {
        using var value = loss.Call(digits.Labels, digits.Images);
        return value.ToDouble();
    }
}
