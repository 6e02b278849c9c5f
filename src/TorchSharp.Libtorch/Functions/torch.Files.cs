using System.Text;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>Writes a tensor in PyTorch's own format.</summary>
    public static void save(Tensor t, string location) => t.save(location);

    public static Tensor load(string location) => Tensor.load(location);

    public partial class Tensor
    {
        public void save(string location)
        {
            fixed (byte* path = Encoding.UTF8.GetBytes(location + "\0")) Checked(Native.ts_save(Handle, path));
        }

        public static Tensor load(string location)
        {
            if (!File.Exists(location)) throw new FileNotFoundException($"There is no file '{location}'.", location);
            fixed (byte* path = Encoding.UTF8.GetBytes(location + "\0"))
            {
                Native.Check(Native.ts_load(path, out IntPtr result));
                return Own(result);
            }
        }
    }
}
