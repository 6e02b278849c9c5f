using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public ScalarType dtype => (ScalarType)Info.Dtype;

        public long Dimensions => Info.Dimensions;
        public long ndim => Info.Dimensions;
        public long dim() => Info.Dimensions;

        public long NumberOfElements => Info.Elements;
        public long numel() => Info.Elements;

        public long ElementSize => dtype.ElementSize();
        public long element_size() => dtype.ElementSize();

        public long storage_offset() => Info.Offset;

        public Device device
        {
            get
            {
                TensorInfo info = Info;
                return new Device((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Info.DeviceType;
        public int device_index => Info.DeviceIndex;

        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;

        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);

        public bool is_leaf => Ask(Question.IsLeaf);
        public bool is_sparse => Ask(Question.IsSparse);
        public bool is_contiguous() => Ask(Question.IsContiguous);
        public bool is_pinned() => Ask(Question.IsPinned);
        public bool is_conj() => Ask(Question.IsConj);
        public bool is_neg() => Ask(Question.IsNeg);
        public bool is_quantized() => Ask(Question.IsQuantized);

        public long[] shape
        {
            get
            {
                var extents = new long[Info.Dimensions];
                fixed (long* e = extents) Checked(Native.ts_sizes(Handle, e, extents.Length));
                return extents;
            }
        }

        public long[] size() => shape;

        public long size(int dim) => shape[Wrap(dim)];

        public long[] stride()
        {
            var strides = new long[Info.Dimensions];
            fixed (long* s = strides) Checked(Native.ts_strides(Handle, s, strides.Length));
            return strides;
        }

        public long stride(int dim) => stride()[Wrap(dim)];

        internal TensorInfo Info
        {
            get
            {
                Checked(Native.ts_info(Handle, out TensorInfo info));
                return info;
            }
        }

        private bool Ask(Question question)
        {
            Checked(Native.ts_ask(Handle, question, out int answer));
            return answer != 0;
        }

        /// <summary>Ends a native call on this tensor: no finaliser may come before here.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Checked(int status)
        {
            GC.KeepAlive(this);
            Native.Check(status);
        }

        private int Wrap(int dim)
        {
            int n = Info.Dimensions;
            int wrapped = dim < 0 ? dim + n : dim;
            return wrapped >= 0 && wrapped < n
                ? wrapped
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"A tensor of {n} dimensions has no dimension {dim}.");
        }
    }
}
