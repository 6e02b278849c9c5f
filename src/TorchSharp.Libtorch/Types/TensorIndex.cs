using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index among those in brackets: a number, a range, a mask, a new axis, or all there is.</summary>
    public readonly struct TensorIndex
    {
        public static TensorIndex None = default;
        public static TensorIndex Null = default;
        public static TensorIndex Ellipsis = new(ValueKind.String);
        public static TensorIndex Colon = Slice();

        internal readonly ValueKind Kind;
        internal readonly long Number;
        internal readonly (long? Start, long? Stop, long? Step) Bounds;
        internal readonly torch.Tensor? Indices;

        private TensorIndex(ValueKind kind) => Kind = kind;

        private TensorIndex(ValueKind kind, long number)
        {
            Kind = kind;
            Number = number;
        }

        private TensorIndex(long? start, long? stop, long? step)
        {
            Kind = ValueKind.IntList;
            Bounds = (start, stop, step);
        }

        private TensorIndex(torch.Tensor indices)
        {
            Kind = ValueKind.Tensor;
            Indices = indices;
        }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(start, stop, step);

        public static TensorIndex Slice((int? start, int? end) range) => new(range.start, range.end, null);

        public static TensorIndex Slice(Range range) => new(
            // From the end by nothing is the end itself; libtorch has no number for that.
            !range.Start.IsFromEnd ? range.Start.Value : range.Start.Value == 0 ? long.MaxValue : -range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value,
            null);

        public static TensorIndex Bool(bool value) => new(ValueKind.Bool, value ? 1 : 0);

        public static TensorIndex Single(long? index) => index is long i ? new(ValueKind.Int, i) : None;

        public static TensorIndex Tensor(torch.Tensor tensor) => new(tensor);

        public static implicit operator TensorIndex(long value) => new(ValueKind.Int, value);

        public static implicit operator TensorIndex(Index index) => new(ValueKind.Int, index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
    }
}
