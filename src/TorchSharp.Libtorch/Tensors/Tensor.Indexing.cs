using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>More than libtorch has dimensions; what is told to it stands on the stack.</summary>
        private const int MostIndices = 128;

        public Tensor this[long i1]
        {
            get => index((TensorIndex[])[i1]);
            set => index_put_(value, (TensorIndex[])[i1], false);
        }

        public Tensor this[long i1, long i2]
        {
            get => index((TensorIndex[])[i1, i2]);
            set => index_put_(value, (TensorIndex[])[i1, i2], false);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index((TensorIndex[])[i1, i2, i3]);
            set => index_put_(value, (TensorIndex[])[i1, i2, i3], false);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index((TensorIndex[])[i1, i2, i3, i4]);
            set => index_put_(value, (TensorIndex[])[i1, i2, i3, i4], false);
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => index((TensorIndex[])[i1, i2, i3, i4, i5]);
            set => index_put_(value, (TensorIndex[])[i1, i2, i3, i4, i5], false);
        }

        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => index((TensorIndex[])[i1, i2, i3, i4, i5, i6]);
            set => index_put_(value, (TensorIndex[])[i1, i2, i3, i4, i5, i6], false);
        }

        public Tensor this[params long[] indices]
        {
            get => index(ToIndices(indices));
            set => index_put_(value, ToIndices(indices), false);
        }

        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices, false);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices, false);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            Count(indices);
            NativeValue* values = stackalloc NativeValue[indices.Length];
            long* bounds = stackalloc long[6 * indices.Length];
            Fill(indices, values, bounds);
            int status = Native.ts_index(Handle, values, indices.Length, out IntPtr result);
            GC.KeepAlive(indices);
            Checked(status);
            return Own(result);
        }

        public Tensor index(params Tensor[] indices) => index(ToIndices(indices));

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            Count(indices);
            if (accumulate) return index_put_(value, OnlyTensors(indices), accumulate);
            NativeValue* values = stackalloc NativeValue[indices.Length];
            long* bounds = stackalloc long[6 * indices.Length];
            Fill(indices, values, bounds);
            ArgumentNullException.ThrowIfNull(value);
            int status = Native.ts_index_put(Handle, values, indices.Length, value.Handle);
            GC.KeepAlive(indices);
            GC.KeepAlive(value);
            Checked(status);
            return this;
        }

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            accumulate ? Op.InPlace("index_put_", this, indices, value, true) : index_put_(value, ToIndices(indices), false);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = Op.Call("full", Array.Empty<long>(), value, dtype, Arg.Default, device);
            return index_put_(number, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, ToIndices(indices));

        private static void Count(TensorIndex[] indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            if (indices.Length > MostIndices) throw new ArgumentException($"{indices.Length} indices are too many.", nameof(indices));
        }

        private static TensorIndex[] ToIndices(long[] indices) => Array.ConvertAll(indices, i => (TensorIndex)i);

        private static TensorIndex[] ToIndices(Tensor[] indices) =>
            Array.ConvertAll(indices, t => TensorIndex.Tensor(t ?? throw new ArgumentNullException(nameof(indices))));

        private static Tensor[] OnlyTensors(TensorIndex[] indices) => Array.ConvertAll(
            indices, i => i.Indices ?? throw new ArgumentException("Accumulating takes tensors as indices.", nameof(indices)));

        private static void Fill(TensorIndex[] indices, NativeValue* values, long* bounds)
        {
            for (int i = 0; i < indices.Length; i++, bounds += 6)
            {
                values[i] = new NativeValue { Kind = indices[i].Kind, Int = indices[i].Number };
                if (indices[i].Kind == ValueKind.Tensor) values[i].Pointer = indices[i].Indices!.Handle;
                if (indices[i].Kind != ValueKind.IntList) continue;
                values[i].Pointer = (IntPtr)bounds;
                (long? start, long? stop, long? step) = indices[i].Bounds;
                Fill(start, bounds);
                Fill(stop, bounds + 2);
                Fill(step, bounds + 4);
            }
        }

        private static void Fill(long? bound, long* pair)
        {
            pair[0] = bound.HasValue ? 1 : 0;
            pair[1] = bound ?? 0;
        }
    }
}
