using System.Globalization;
using System.Text;

namespace TorchSharp;

/// <summary>Writes out a tensor's elements.</summary>
internal static class TensorText
{
    private const int MostPerDimension = 100;

    internal static string Write(torch.Tensor tensor, TensorStringStyle style, string? format, CultureInfo? culture, string? newLine)
    {
        string header = tensor.ToString();
        if (style == TensorStringStyle.Metadata || tensor.IsInvalid || tensor.is_meta || tensor.is_sparse) return header;
        newLine ??= Environment.NewLine;
        var text = new StringBuilder();
        if (style == TensorStringStyle.Julia) text.Append(header).Append(newLine);
        if (style == TensorStringStyle.CSharp) text.Append(header).Append(", value = ");
        (string open, string close, string between) = style switch
        {
            TensorStringStyle.Numpy => ("[", "]", ", "),
            TensorStringStyle.CSharp => ("{", "}", ", "),
            _ => ("", "", " "),
        };
        using torch.Tensor here = tensor.detach().cpu().contiguous();
        string[] elements = Elements(here, format ?? "g5", culture ?? CultureInfo.CurrentCulture);
        int width = style == TensorStringStyle.CSharp ? 0 : elements.Length == 0 ? 0 : elements.Max(e => e.Length);
        int next = 0;
        Append(text, tensor.shape, 0, elements, ref next, width, open, close, between, newLine);
        return text.ToString();
    }

    private static void Append(
        StringBuilder text, long[] shape, int dimension, string[] elements, ref int next, int width, string open, string close, string between, string newLine)
    {
        if (dimension == shape.Length)
        {
            text.Append(elements[next++].PadLeft(width));
            return;
        }
        text.Append(open);
        long size = shape[dimension];
        int inner = (int)shape.AsSpan(dimension + 1).ToArray().TotalSize();
        bool last = dimension == shape.Length - 1;
        for (long i = 0; i < size; i++)
        {
            if (size > MostPerDimension && i == MostPerDimension / 2)
            {
                text.Append("...").Append(last ? between : newLine);
                long skipped = size - MostPerDimension;
                next += (int)(skipped * inner);
                i += skipped;
            }
            Append(text, shape, dimension + 1, elements, ref next, width, open, close, between, newLine);
            if (i < size - 1) text.Append(last ? between : (open.Length > 0 ? "," : "") + newLine);
        }
        text.Append(close);
    }

    private static string[] Elements(torch.Tensor tensor, string format, CultureInfo culture) => tensor.dtype switch
    {
        torch.ScalarType.Bool => tensor.data<bool>().Select(b => b ? "true" : "false").ToArray(),
        torch.ScalarType.ComplexFloat32 or torch.ScalarType.ComplexFloat64 =>
            Converted<System.Numerics.Complex>(tensor, torch.ScalarType.ComplexFloat64, c => c.ToString(format, culture)),
        _ when torch.is_integral(tensor.dtype) => Converted<long>(tensor, torch.ScalarType.Int64, i => i.ToString(culture)),
        torch.ScalarType.Float64 => Converted<double>(tensor, torch.ScalarType.Float64, d => d.ToString(format, culture)),
        _ => Converted<float>(tensor, torch.ScalarType.Float32, f => f.ToString(format, culture)),
    };

    private static string[] Converted<T>(torch.Tensor tensor, torch.ScalarType type, Func<T, string> text) where T : unmanaged
    {
        using torch.Tensor converted = tensor.to(type);
        return converted.data<T>().Select(text).ToArray();
    }
}
