using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Op.Call("abs", this);
        public Tensor abs_() => Op.InPlace("abs_", this);
        public Tensor absolute() => Op.Call("absolute", this);
        public Tensor absolute_() => Op.InPlace("absolute_", this);
        public Tensor ceil() => Op.Call("ceil", this);
        public Tensor ceil_() => Op.InPlace("ceil_", this);
        public Tensor floor() => Op.Call("floor", this);
        public Tensor floor_() => Op.InPlace("floor_", this);
        public Tensor round(long decimals = 0) => decimals == 0 ? Op.Call("round", this) : Op.Call("round.decimals", this, decimals);
        public Tensor round_(long decimals = 0) => decimals == 0 ? Op.InPlace("round_", this) : Op.InPlace("round_.decimals", this, decimals);
        public Tensor trunc() => Op.Call("trunc", this);
        public Tensor trunc_() => Op.InPlace("trunc_", this);
        public Tensor fix() => Op.Call("fix", this);
        public Tensor fix_() => Op.InPlace("fix_", this);
        public Tensor frac() => Op.Call("frac", this);
        public Tensor frac_() => Op.InPlace("frac_", this);
        public Tensor sign() => Op.Call("sign", this);
        public Tensor sign_() => Op.InPlace("sign_", this);
        public Tensor sgn() => Op.Call("sgn", this);
        public Tensor sgn_() => Op.InPlace("sgn_", this);
        public Tensor signbit() => Op.Call("signbit", this);
        public Tensor sqrt() => Op.Call("sqrt", this);
        public Tensor sqrt_() => Op.InPlace("sqrt_", this);
        public Tensor rsqrt() => Op.Call("rsqrt", this);
        public Tensor rsqrt_() => Op.InPlace("rsqrt_", this);
        public Tensor square() => Op.Call("square", this);
        public Tensor exp() => Op.Call("exp", this);
        public Tensor exp_() => Op.InPlace("exp_", this);
        public Tensor exp2() => Op.Call("exp2", this);
        public Tensor exp2_() => Op.InPlace("exp2_", this);
        public Tensor expm1() => Op.Call("expm1", this);
        public Tensor expm1_() => Op.InPlace("expm1_", this);
        public Tensor log() => Op.Call("log", this);
        public Tensor log_() => Op.InPlace("log_", this);
        public Tensor log10() => Op.Call("log10", this);
        public Tensor log10_() => Op.InPlace("log10_", this);
        public Tensor log1p() => Op.Call("log1p", this);
        public Tensor log1p_() => Op.InPlace("log1p_", this);
        public Tensor log2() => Op.Call("log2", this);
        public Tensor log2_() => Op.InPlace("log2_", this);
        public Tensor logit(double? eps = null) => Op.Call("logit", this, eps);
        public Tensor logit_(double? eps = null) => Op.InPlace("logit_", this, eps);
        public Tensor erf() => Op.Call("erf", this);
        public Tensor erf_() => Op.InPlace("erf_", this);
        public Tensor erfc() => Op.Call("erfc", this);
        public Tensor erfc_() => Op.InPlace("erfc_", this);
        public Tensor erfinv() => Op.Call("erfinv", this);
        public Tensor erfinv_() => Op.InPlace("erfinv_", this);
        public Tensor lgamma() => Op.Call("lgamma", this);
        public Tensor lgamma_() => Op.InPlace("lgamma_", this);
        public Tensor digamma() => Op.Call("digamma", this);
        public Tensor digamma_() => Op.InPlace("digamma_", this);
        public Tensor mvlgamma(long p) => Op.Call("mvlgamma", this, p);
        public Tensor mvlgamma_(long p) => Op.InPlace("mvlgamma_", this, p);
        public Tensor polygamma_(long p) => Op.InPlace("polygamma_", this, p);
        public Tensor i0() => Op.Call("i0", this);
        public Tensor i0_() => Op.InPlace("i0_", this);
        public Tensor igamma(Tensor other) => Op.Call("igamma", this, other);
        public Tensor igammac(Tensor other) => Op.Call("igammac", this, other);
        public Tensor sinc() => Op.Call("sinc", this);
        public Tensor sinc_() => Op.InPlace("sinc_", this);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.Call("clamp", this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Op.Call("clamp.Tensor", this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.InPlace("clamp_", this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Op.InPlace("clamp_.Tensor", this, min, max);
        public Tensor clamp_max(Scalar max) => Op.Call("clamp_max", this, max);
        public Tensor clamp_max_(Scalar max) => Op.InPlace("clamp_max_", this, max);
        public Tensor clamp_min(Scalar min) => Op.Call("clamp_min", this, min);
        public Tensor clamp_min_(Scalar min) => Op.InPlace("clamp_min_", this, min);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => Op.Call("clip", this, min, max);
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => Op.Call("nan_to_num", this, nan, posinf, neginf);
        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) =>
            Op.InPlace("nan_to_num_", this, nan, posinf, neginf);
        public (Tensor Mantissa, Tensor Exponent) frexp() => Op.Call2("frexp.Tensor", this);
        public Tensor deg2rad() => Op.Call("deg2rad", this);
        public Tensor deg2rad_() => Op.InPlace("deg2rad_", this);
        public Tensor rad2deg() => Op.Call("rad2deg", this);
        public Tensor rad2deg_() => Op.InPlace("rad2deg_", this);
        public Tensor angle() => Op.Call("angle", this);
        public Tensor conj() => Op.Call("conj", this);
        public Tensor conj_physical() => Op.Call("conj_physical", this);
        public Tensor conj_physical_() => Op.InPlace("conj_physical_", this);
        public Tensor resolve_conj() => Op.Call("resolve_conj", this);
        public Tensor resolve_neg() => Op.Call("resolve_neg", this);
    }
}
