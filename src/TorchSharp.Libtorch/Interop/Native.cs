using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The C interface of native/libtorch.cpp. Every function that can fail answers with a status.</summary>
internal static unsafe partial class Native
{
    private const string Library = "TorchSharpNative";

    [DllImport(Library)] private static extern byte* ts_error();
    [DllImport(Library)] internal static extern byte* ts_version();
    [DllImport(Library)] internal static extern int ts_find(byte* name, byte* overload, out IntPtr op);
    [DllImport(Library)] internal static extern int ts_call(IntPtr op, NativeValue* values, int count, out NativeValue* results, out int resultCount);

    [DllImport(Library)] internal static extern void ts_free(IntPtr tensor);
    [DllImport(Library)] internal static extern int ts_alias(IntPtr tensor, out IntPtr result);
    [DllImport(Library)] internal static extern int ts_info(IntPtr tensor, out TensorInfo info);
    [DllImport(Library)] internal static extern int ts_sizes(IntPtr tensor, long* sizes, int count);
    [DllImport(Library)] internal static extern int ts_strides(IntPtr tensor, long* strides, int count);
    [DllImport(Library)] internal static extern int ts_ask(IntPtr tensor, Question question, out int answer);
    [DllImport(Library)] internal static extern int ts_data(IntPtr tensor, out IntPtr data, out long room);
    [DllImport(Library)] internal static extern int ts_grad(IntPtr tensor, out IntPtr grad);
    [DllImport(Library)] internal static extern int ts_set_grad(IntPtr tensor, IntPtr grad);
    [DllImport(Library)] internal static extern int ts_set_requires_grad(IntPtr tensor, int value);
    [DllImport(Library)] internal static extern int ts_retain_grad(IntPtr tensor);
    [DllImport(Library)] internal static extern int ts_set_data(IntPtr tensor, IntPtr source);
    [DllImport(Library)]
    internal static extern int ts_from_blob(
        void* data, long* sizes, int dimensions, int dtype, int deviceType, int deviceIndex,
        delegate* unmanaged<IntPtr, void> release, IntPtr context, out IntPtr result);
    [DllImport(Library)] internal static extern int ts_index(IntPtr tensor, NativeValue* indices, int count, out IntPtr result);
    [DllImport(Library)] internal static extern int ts_index_put(IntPtr tensor, NativeValue* indices, int count, IntPtr source);

    [DllImport(Library)] internal static extern int ts_save(IntPtr tensor, byte* path);
    [DllImport(Library)] internal static extern int ts_load(byte* path, out IntPtr result);

    [DllImport(Library)]
    internal static extern int ts_backward(
        IntPtr* roots, int count, IntPtr* grads, int gradCount, IntPtr* inputs, int inputCount, int retainGraph, int createGraph);
    [DllImport(Library)]
    internal static extern int ts_gradients(
        IntPtr* roots, int count, IntPtr* grads, int gradCount, IntPtr* inputs, int inputCount, int retainGraph, int createGraph,
        int allowUnused, out NativeValue* results, out int resultCount);
    [DllImport(Library)] internal static extern int ts_grad_enabled();
    [DllImport(Library)] internal static extern void ts_set_grad_enabled(int value);
    [DllImport(Library)] internal static extern int ts_inference_enabled();
    [DllImport(Library)] internal static extern IntPtr ts_inference_enter(int value);
    [DllImport(Library)] internal static extern void ts_inference_leave(IntPtr guard);

    [DllImport(Library)] internal static extern int ts_generator_new(ulong seed, int deviceType, int deviceIndex, out IntPtr generator);
    [DllImport(Library)] internal static extern int ts_generator_default(int deviceType, int deviceIndex, out IntPtr generator);
    [DllImport(Library)] internal static extern void ts_generator_free(IntPtr generator);
    [DllImport(Library)] internal static extern int ts_generator_seed(IntPtr generator, int set, ulong seed, out ulong result);
    [DllImport(Library)] internal static extern int ts_generator_get_state(IntPtr generator, out IntPtr state);
    [DllImport(Library)] internal static extern int ts_generator_set_state(IntPtr generator, IntPtr state);
    [DllImport(Library)] internal static extern int ts_manual_seed(ulong seed);

    [DllImport(Library)] internal static extern int ts_threads();
    [DllImport(Library)] internal static extern int ts_interop_threads();
    [DllImport(Library)] internal static extern int ts_set_threads(int count);
    [DllImport(Library)] internal static extern int ts_set_interop_threads(int count);
    [DllImport(Library)] internal static extern int ts_cuda_devices();
    [DllImport(Library)] internal static extern int ts_has_cudnn();
    [DllImport(Library)] internal static extern int ts_cuda_synchronize(int index);
    [DllImport(Library)] internal static extern int ts_tf32(int which, int set);
    [DllImport(Library)] internal static extern int ts_default_dtype();
    [DllImport(Library)] internal static extern int ts_set_default_dtype(int dtype);
    [DllImport(Library)] internal static extern int ts_promote(int a, int b, out int result);

    /// <summary>Turns a status into an exception that carries libtorch's message.</summary>
    internal static void Check(int status)
    {
        if (status != 0) Throw(status);
    }

    private static void Throw(int status)
    {
        string message = Marshal.PtrToStringUTF8((IntPtr)ts_error()) ?? "";
        throw status switch
        {
            2 => new ArgumentNullException(message),
            3 => new ArgumentException(message),
            _ => new ExternalException(message),
        };
    }
}
