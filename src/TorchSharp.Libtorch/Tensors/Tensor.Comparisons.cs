using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator &(Tensor left, Tensor right) => Op.Call("bitwise_and.Tensor", left, right);
        public static Tensor operator |(Tensor left, Tensor right) => Op.Call("bitwise_or.Tensor", left, right);
        public static Tensor operator ==(Scalar left, Tensor right) => Op.Call("eq.Scalar", right, left);
        public static Tensor operator ==(Tensor left, Scalar right) => Op.Call("eq.Scalar", left, right);
        public static Tensor operator ==(Tensor left, Tensor right) => Op.Call("eq.Tensor", left, right);
        public static Tensor operator ^(Tensor left, Tensor right) => Op.Call("bitwise_xor.Tensor", left, right);
        public static Tensor operator >(Scalar left, Tensor right) => Op.Call("lt.Scalar", right, left);
        public static Tensor operator >(Tensor left, Scalar right) => Op.Call("gt.Scalar", left, right);
        public static Tensor operator >(Tensor left, Tensor right) => Op.Call("gt.Tensor", left, right);
        public static Tensor operator >=(Scalar left, Tensor right) => Op.Call("le.Scalar", right, left);
        public static Tensor operator >=(Tensor left, Scalar right) => Op.Call("ge.Scalar", left, right);
        public static Tensor operator >=(Tensor left, Tensor right) => Op.Call("ge.Tensor", left, right);
        public static Tensor operator !=(Scalar left, Tensor right) => Op.Call("ne.Scalar", right, left);
        public static Tensor operator !=(Tensor left, Scalar right) => Op.Call("ne.Scalar", left, right);
        public static Tensor operator !=(Tensor left, Tensor right) => Op.Call("ne.Tensor", left, right);
        public static Tensor operator <(Scalar left, Tensor right) => Op.Call("gt.Scalar", right, left);
        public static Tensor operator <(Tensor left, Scalar right) => Op.Call("lt.Scalar", left, right);
        public static Tensor operator <(Tensor left, Tensor right) => Op.Call("lt.Tensor", left, right);
        public static Tensor operator <=(Scalar left, Tensor right) => Op.Call("ge.Scalar", right, left);
        public static Tensor operator <=(Tensor left, Scalar right) => Op.Call("le.Scalar", left, right);
        public static Tensor operator <=(Tensor left, Tensor right) => Op.Call("le.Tensor", left, right);
        public static Tensor operator ~(Tensor left) => Op.Call("bitwise_not", left);
    }
}
