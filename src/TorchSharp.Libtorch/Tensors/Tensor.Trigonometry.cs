using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor acos() => Op.Call("acos", this);
        public Tensor acos_() => Op.InPlace("acos_", this);
        public Tensor acosh() => Op.Call("acosh", this);
        public Tensor acosh_() => Op.InPlace("acosh_", this);
        public Tensor arccos() => Op.Call("arccos", this);
        public Tensor arccos_() => Op.InPlace("arccos_", this);
        public Tensor arccosh() => Op.Call("arccosh", this);
        public Tensor arccosh_() => Op.InPlace("arccosh_", this);
        public Tensor arcsin() => Op.Call("arcsin", this);
        public Tensor arcsin_() => Op.InPlace("arcsin_", this);
        public Tensor arcsinh() => Op.Call("arcsinh", this);
        public Tensor arcsinh_() => Op.InPlace("arcsinh_", this);
        public Tensor arctan() => Op.Call("arctan", this);
        public Tensor arctan_() => Op.InPlace("arctan_", this);
        public Tensor arctan2(Tensor other) => Op.Call("arctan2", this, other);
        public Tensor arctan2_(Tensor other) => Op.InPlace("arctan2_", this, other);
        public Tensor arctanh() => Op.Call("arctanh", this);
        public Tensor arctanh_() => Op.InPlace("arctanh_", this);
        public Tensor asin() => Op.Call("asin", this);
        public Tensor asin_() => Op.InPlace("asin_", this);
        public Tensor asinh() => Op.Call("asinh", this);
        public Tensor asinh_() => Op.InPlace("asinh_", this);
        public Tensor atan() => Op.Call("atan", this);
        public Tensor atan_() => Op.InPlace("atan_", this);
        public Tensor atan2(Tensor other) => Op.Call("atan2", this, other);
        public Tensor atan2_(Tensor other) => Op.InPlace("atan2_", this, other);
        public Tensor atanh() => Op.Call("atanh", this);
        public Tensor atanh_() => Op.InPlace("atanh_", this);
        public Tensor cos() => Op.Call("cos", this);
        public Tensor cos_() => Op.InPlace("cos_", this);
        public Tensor cosh() => Op.Call("cosh", this);
        public Tensor cosh_() => Op.InPlace("cosh_", this);
        public Tensor sin() => Op.Call("sin", this);
        public Tensor sin_() => Op.InPlace("sin_", this);
        public Tensor sinh() => Op.Call("sinh", this);
        public Tensor sinh_() => Op.InPlace("sinh_", this);
        public Tensor tan() => Op.Call("tan", this);
        public Tensor tan_() => Op.InPlace("tan_", this);
        public Tensor tanh() => Op.Call("tanh", this);
        public Tensor tanh_() => Op.InPlace("tanh_", this);
    }
}
