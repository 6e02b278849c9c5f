using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T => Op.Call("numpy_T", this);
        public Tensor mT => Op.Call("mT", this);
        public Tensor H => Op.Call("matrix_H", this);
        public Tensor mH => Op.Call("mH", this);
        public Tensor real => is_complex() ? Op.Call("real", this) : alias();
        public Tensor imag => Op.Call("imag", this);
        public Tensor SparseIndices => Op.Call("_indices", this);
        public Tensor SparseValues => Op.Call("_values", this);

        /// <summary>Elementwise, as in TorchSharp; whether two tensors are the same is <see cref="Equals(Tensor)"/>.</summary>
        public Tensor equal(Tensor target) => eq(target);

        public Tensor arctan(Tensor other) => arctan2(other);
        public Tensor arctan_(Tensor other) => arctan2_(other);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Out("amax", dims, keepdim, @out);
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Out("amax", dims, keepdim, @out);
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Out("amin", dims, keepdim, @out);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Out("amin", dims, keepdim, @out);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum((long[])[dim0, dim1], keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum((long[])[dim0, dim1, dim2], keepdim, type);

        public Tensor norm(int dim, bool keepdim = false, float p = 2f) => Op.Call("norm.ScalarOpt_dim", this, p, dim, keepdim);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Op.Call2("sort.stable", this, stable, dim, descending);

        public (Tensor output, Tensor inverse_indices, Tensor counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Asked(
                dim is int d
                    ? Op.Call3("unique_dim", this, d, sorted, return_inverse, return_counts)
                    : Op.Call3("_unique2", this, sorted, return_inverse, return_counts),
                return_inverse, return_counts);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Op.Call("histc", this, bins, min, max);

        public IList<Tensor> nonzero_as_list() => nonzero().split(1, 1);

        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape, isImplicit);
        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);
        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());
        public Tensor rot90(long k = 1, (long, long)? dims = null) => Op.Call("rot90", this, k, (long[])[dims?.Item1 ?? 0, dims?.Item2 ?? 1]);
        public Tensor roll((long, long) shifts, (long, long) dims) => roll((long[])[shifts.Item1, shifts.Item2], (long[])[dims.Item1, dims.Item2]);

        public Tensor take_along_dim(IEnumerable<long> indices) => take_along_dim(tensor(indices.ToArray()));
        public Tensor take_along_dim(IEnumerable<long> indices, long dim) => take_along_dim(tensor(indices.ToArray()), dim);

        public Tensor tensordot(Tensor b, long dims = 2)
        {
            var left = new long[dims];
            var right = new long[dims];
            for (int i = 0; i < dims; i++) (left[i], right[i]) = (ndim - dims + i, i);
            return tensordot(b, left, right);
        }

        public Tensor tensordot(Tensor b, (long, long)[] dims) =>
            tensordot(b, Array.ConvertAll(dims, d => d.Item1), Array.ConvertAll(dims, d => d.Item2));

        public Tensor pinverse(double rcond = 1E-15, bool hermitian = false) =>
            Op.Call("linalg_pinv", this, rcond, hermitian);

        public Tensor polygamma(long p) => Op.Call("polygamma", p, this);

        public Tensor random_(double from, double to, Generator? generator = null) =>
            Op.InPlace("random_.from", this, (long)from, (long)to, generator);

        /// <summary>What was not asked for is null, whatever libtorch gave in its place.</summary>
        private static (Tensor, Tensor, Tensor) Asked((Tensor output, Tensor inverse, Tensor counts) found, bool inverse, bool counts)
        {
            if (!inverse) found.inverse.Dispose();
            if (!counts) found.counts.Dispose();
            return (found.output, inverse ? found.inverse : null!, counts ? found.counts : null!);
        }

        private Tensor Out(string name, Arg dims, bool keepdim, Tensor? result)
        {
            if (result is null) return Op.Call(name, this, dims, keepdim);
            using Tensor same = Op.Call(name + ".out", this, dims, keepdim, result);
            return result;
        }
    }
}
