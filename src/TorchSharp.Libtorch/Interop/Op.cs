using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// Calls libtorch's operators by name, "add.Tensor" for aten::add's overload Tensor. Arguments that are left out take
/// the schema's defaults, so a call names only what differs.
/// </summary>
internal static unsafe class Op
{
    private const int WordsOnStack = 64;
    private static readonly ConcurrentDictionary<string, IntPtr> Operators = new(StringComparer.Ordinal);

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal static Tensor Call(string name, params ReadOnlySpan<Arg> args) => Tensor.Own(Invoke(name, args, 1)[0].Pointer);

    /// <summary>Calls an operator that changes its first argument, and returns that.</summary>
    internal static Tensor InPlace(string name, params ReadOnlySpan<Arg> args)
    {
        Native.ts_free(Invoke(name, args, 1)[0].Pointer);
        return (Tensor)args[0].Object!;
    }

    internal static (Tensor, Tensor) Call2(string name, params ReadOnlySpan<Arg> args)
    {
        NativeValue* r = Invoke(name, args, 2);
        return (Tensor.Own(r[0].Pointer), Tensor.Own(r[1].Pointer));
    }

    internal static (Tensor, Tensor, Tensor) Call3(string name, params ReadOnlySpan<Arg> args)
    {
        NativeValue* r = Invoke(name, args, 3);
        return (Tensor.Own(r[0].Pointer), Tensor.Own(r[1].Pointer), Tensor.Own(r[2].Pointer));
    }

    internal static (Tensor, Tensor, Tensor, Tensor) Call4(string name, params ReadOnlySpan<Arg> args)
    {
        NativeValue* r = Invoke(name, args, 4);
        return (Tensor.Own(r[0].Pointer), Tensor.Own(r[1].Pointer), Tensor.Own(r[2].Pointer), Tensor.Own(r[3].Pointer));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    internal static Tensor[] List(string name, params ReadOnlySpan<Arg> args)
    {
        NativeValue* values = Invoke(name, args, out int count);
        var tensors = new Tensor[count];
        for (int i = 0; i < count; i++) tensors[i] = Tensor.Own(values[i].Pointer);
        return tensors;
    }

    /// <summary>Calls an operator that returns a bool.</summary>
    internal static bool Is(string name, params ReadOnlySpan<Arg> args) => Invoke(name, args, 1)->Int != 0;

    /// <summary>Calls an operator that returns a number.</summary>
    internal static NativeValue Number(string name, params ReadOnlySpan<Arg> args) => *Invoke(name, args, 1);

    /// <summary>Whether the libtorch that is loaded has such an operator.</summary>
    internal static bool Exists(string name)
    {
        try
        {
            return Find(name) != IntPtr.Zero;
        }
        catch (ExternalException)
        {
            return false;
        }
    }

    private static NativeValue* Invoke(string name, ReadOnlySpan<Arg> args, int expected)
    {
        NativeValue* results = Invoke(name, args, out int count);
        if (count != expected) throw new InvalidOperationException($"aten::{name} returned {count} values, {expected} were expected.");
        return results;
    }

    [SkipLocalsInit]
    private static NativeValue* Invoke(string name, ReadOnlySpan<Arg> args, out int count)
    {
        if (!Operators.TryGetValue(name, out IntPtr op)) op = Find(name);
        int words = 0;
        foreach (ref readonly Arg arg in args) words += Words(arg);
        NativeValue* values = stackalloc NativeValue[args.Length];
        if (words <= WordsOnStack)
        {
            long* scratch = stackalloc long[WordsOnStack];
            return Invoke(op, args, values, scratch, out count);
        }
        fixed (long* scratch = new long[words]) return Invoke(op, args, values, scratch, out count);
    }

    private static NativeValue* Invoke(IntPtr op, ReadOnlySpan<Arg> args, NativeValue* values, long* scratch, out int count)
    {
        for (int i = 0; i < args.Length; i++)
        {
            values[i] = args[i].Value;
            if (args[i].Object is object obj) scratch += Fill(obj, ref values[i], scratch);
        }
        int status = Native.ts_call(op, values, args.Length, out NativeValue* results, out count);
        // No finaliser may free what the call above still used.
        foreach (ref readonly Arg arg in args) GC.KeepAlive(arg.Object);
        Native.Check(status);
        return results;
    }

    private static int Words(in Arg arg) => arg.Object switch
    {
        null or Tensor => 0,
        long[] list => list.Length,
        double[] list => list.Length,
        Tensor?[] list => list.Length,
        string text => (Encoding.UTF8.GetByteCount(text) + 7) / 8,
        _ => 0,
    };

    private static int Fill(object obj, ref NativeValue value, long* scratch)
    {
        value.Pointer = (IntPtr)scratch;
        switch (obj)
        {
            case Tensor tensor:
                value.Pointer = tensor.Handle;
                return 0;
            case Generator generator:
                value.Pointer = generator.Handle;
                return 0;
            case long[] list:
                list.CopyTo(new Span<long>(scratch, list.Length));
                return value.Count = list.Length;
            case double[] list:
                list.CopyTo(new Span<double>(scratch, list.Length));
                return value.Count = list.Length;
            case Tensor?[] list:
                for (int i = 0; i < list.Length; i++) scratch[i] = list[i]?.Handle ?? 0;
                return value.Count = list.Length;
            case string text:
                int room = (Encoding.UTF8.GetByteCount(text) + 7) / 8;
                value.Count = Encoding.UTF8.GetBytes(text, new Span<byte>(scratch, room * 8));
                return room;
            default:
                throw new ArgumentException($"A {obj.GetType()} cannot be an operator's argument.");
        }
    }

    private static IntPtr Find(string name)
    {
        int dot = name.IndexOf('.');
        byte[] text = Encoding.UTF8.GetBytes((dot < 0 ? name : name[..dot]) + "\0");
        byte[] overload = Encoding.UTF8.GetBytes((dot < 0 ? "" : name[(dot + 1)..]) + "\0");
        fixed (byte* n = text, o = overload)
        {
            Native.Check(Native.ts_find(n, o, out IntPtr op));
            return Operators.GetOrAdd(name, op);
        }
    }
}
