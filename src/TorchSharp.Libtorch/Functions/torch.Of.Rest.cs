namespace TorchSharp;

public static partial class torch
{
    public static bool is_conj(Tensor input) => input.is_conj();
    public static long numel(Tensor input) => input.numel();
    public static Tensor pinverse(Tensor input, double rcond = 1E-15, bool hermitian = false) => input.pinverse(rcond, hermitian);
    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);
}
