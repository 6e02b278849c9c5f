using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Op.InPlace("copy_", this, source, nonBlocking);
        public Tensor fill_(Scalar value) => Op.InPlace("fill_.Scalar", this, value);
        public Tensor zero_() => Op.InPlace("zero_", this);
        public Tensor set_(Tensor source) => Op.InPlace("set_.source_Tensor", this, source);
        public Tensor type_as(Tensor tensor) => Op.Call("type_as", this, tensor);
        public Tensor to_sparse() => Op.Call("to_sparse", this);
        public Tensor to_sparse(int sparse_dim) => Op.Call("to_sparse.sparse_dim", this, sparse_dim);
        public Tensor to_dense() => Op.Call("to_dense", this);
        public Tensor view_as_complex() => Op.Call("view_as_complex", this);
        public Tensor view_as_real() => Op.Call("view_as_real", this);
    }
}
