using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Types and devices for theories. A device that is absent is left out by <see cref="IsThere"/>.</summary>
internal static class TypeMatrix
{
    public static ScalarType[] Floats { get; } = [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];

    public static TheoryData<ScalarType> Labels { get; } =
        [ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64];

    public static TheoryData<ScalarType, string> FloatsOnDevices()
    {
        var data = new TheoryData<ScalarType, string>();
        foreach (var type in Floats)
        {
            data.Add(type, "cpu");
            data.Add(type, "cuda");
        }
        return data;
    }

    public static bool IsThere(string device) => device != "cuda" || cuda.is_available();
}
