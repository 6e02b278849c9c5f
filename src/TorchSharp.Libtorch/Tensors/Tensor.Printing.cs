using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static TensorStringStyle TensorStringStyle { get; set; } = TensorStringStyle.Julia;

#pragma warning disable IDE1006 // their names are TorchSharp's
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;
#pragma warning restore IDE1006

    public partial class Tensor
    {
        /// <summary>What the tensor is: shape, type and device.</summary>
        public override string ToString() => IsInvalid
            ? "(disposed)"
            : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            TensorText.Write(this, style == TensorStringStyle.Default ? torch.TensorStringStyle : style, fltFormat, cultureInfo, newLine);

        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine) : ToString();
    }
}
