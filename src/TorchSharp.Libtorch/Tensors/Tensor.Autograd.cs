using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Ask(Question.RequiresGrad);
            set => Checked(Native.ts_set_requires_grad(Handle, value ? 1 : 0));
        }

        public Tensor? grad
        {
            get
            {
                Checked(Native.ts_grad(Handle, out IntPtr grad));
                return Own(grad);
            }
            set
            {
                Checked(Native.ts_set_grad(Handle, value?.Handle ?? IntPtr.Zero));
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Checked(Native.ts_retain_grad(Handle));

        public void backward() => autograd.backward(this);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Lets this tensor share the data of another, out of autograd's sight.</summary>
        internal void SetData(Tensor source)
        {
            Checked(Native.ts_set_data(Handle, source.Handle));
            GC.KeepAlive(source);
        }
    }
}
