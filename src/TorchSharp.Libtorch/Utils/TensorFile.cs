namespace TorchSharp.Utils;

/// <summary>TorchSharp's format of a tensor: type, number of dimensions, extents (all 7 bits a byte), elements.</summary>
internal static class TensorFile
{
    internal static void Write(BinaryWriter writer, torch.Tensor tensor)
    {
        writer.Write7BitEncodedInt64((long)tensor.dtype);
        long[] shape = tensor.shape;
        writer.Write7BitEncodedInt64(shape.Length);
        foreach (long extent in shape) writer.Write7BitEncodedInt64(extent);
        using torch.Tensor detached = tensor.detach(), here = detached.cpu(), dense = here.contiguous();
        writer.Write(dense.bytes);
        GC.KeepAlive(dense);
    }

    internal static torch.Tensor Read(BinaryReader reader)
    {
        (torch.ScalarType type, long[] shape) = Header(reader);
        torch.Tensor tensor = torch.empty(shape, type, torch.CPU);
        Fill(reader, tensor);
        return tensor;
    }

    /// <summary>Reads into a tensor that must have the type and the shape of what was written.</summary>
    internal static void Read(BinaryReader reader, torch.Tensor target)
    {
        (torch.ScalarType type, long[] shape) = Header(reader);
        if (type != target.dtype)
            throw new ArgumentException($"Mismatched tensor data types while loading: the file has {type}, the target is {target.dtype}.");
        if (!shape.AsSpan().SequenceEqual(target.shape))
            throw new ArgumentException($"Mismatched tensor shape while loading: the file has [{string.Join(", ", shape)}], the target [{string.Join(", ", target.shape)}].");
        using torch.Tensor read = torch.empty(shape, type, torch.CPU);
        Fill(reader, read);
        using (torch.no_grad()) target.copy_(read);
    }

    internal static void Skip(BinaryReader reader)
    {
        (torch.ScalarType type, long[] shape) = Header(reader);
        long left = shape.TotalSize() * type.ElementSize();
        for (int step; left > 0; left -= step)
        {
            step = reader.ReadBytes((int)Math.Min(left, 1 << 16)).Length;
            if (step == 0) throw new EndOfStreamException("The file ends within a tensor.");
        }
    }

    private static (torch.ScalarType, long[]) Header(BinaryReader reader)
    {
        var type = (torch.ScalarType)reader.Read7BitEncodedInt64();
        type.ElementSize();
        var shape = new long[reader.Read7BitEncodedInt64()];
        for (int i = 0; i < shape.Length; i++) shape[i] = reader.Read7BitEncodedInt64();
        return (type, shape);
    }

    private static void Fill(BinaryReader reader, torch.Tensor tensor)
    {
        reader.BaseStream.ReadExactly(tensor.bytes);
        GC.KeepAlive(tensor);
    }
}
