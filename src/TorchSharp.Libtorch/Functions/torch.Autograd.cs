using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Open();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.Current;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Native.ts_grad_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.ts_inference_enabled() != 0;

    /// <summary>Switches the recording of gradients on this thread, and back.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = is_grad_enabled();
        private bool _left;

        internal GradMode(bool enabled) => Native.ts_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose()
        {
            if (_left) return;
            _left = true;
            Native.ts_set_grad_enabled(_before ? 1 : 0);
        }
    }

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private IntPtr _guard = Native.ts_inference_enter(mode ? 1 : 0);

        public void Dispose()
        {
            IntPtr guard = Interlocked.Exchange(ref _guard, IntPtr.Zero);
            if (guard != IntPtr.Zero) Native.ts_inference_leave(guard);
        }
    }

    public static unsafe class autograd
    {
        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            IntPtr[] roots = Handles(tensors), grads = Handles(grad_tensors), leaves = Handles(inputs);
            fixed (IntPtr* r = roots, g = grads, l = leaves)
            {
                int status = Native.ts_backward(
                    r, roots.Length, g, grads.Length, l, leaves.Length, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0);
                KeepAlive(tensors, grad_tensors, inputs);
                Native.Check(status);
            }
        }

        /// <summary>The gradients of the outputs with respect to the inputs; null for an input that has no part in them. As in TorchSharp, create_graph alone does not retain the graph.</summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            IntPtr[] roots = Handles(outputs), grads = Handles(grad_outputs), leaves = Handles(inputs);
            fixed (IntPtr* r = roots, g = grads, l = leaves)
            {
                int status = Native.ts_gradients(
                    r, roots.Length, g, grads.Length, l, leaves.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0,
                    allow_unused ? 1 : 0, out NativeValue* results, out int count);
                KeepAlive(outputs, grad_outputs, inputs);
                Native.Check(status);
                var gradients = new Tensor[count];
                for (int i = 0; i < count; i++) gradients[i] = Tensor.Own(results[i].Pointer);
                return gradients;
            }
        }

        private static IntPtr[] Handles(IList<Tensor>? tensors) =>
            tensors is null ? [] : tensors.Select(t => t?.Handle ?? IntPtr.Zero).ToArray();

        private static void KeepAlive(params object?[] users)
        {
            foreach (object? user in users) GC.KeepAlive(user);
        }
    }
}
