using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A handle on one of libtorch's tensors, which it keeps alive until it is disposed.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        private IntPtr _handle;

        internal Tensor(IntPtr handle)
        {
            _handle = handle;
            CountNew();
            OwningDisposeScope = DisposeScopeManager.OfThread.Register(this);
        }

        /// <summary>Takes the place of another tensor: its data, its scope and its part in the counts.</summary>
        private protected Tensor(Tensor source)
        {
            _handle = Interlocked.Exchange(ref source._handle, IntPtr.Zero);
            if (_handle == IntPtr.Zero) throw source.Disposed();
            GC.SuppressFinalize(source);
            source.OwningDisposeScope?.Replace(source, this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>How many tensors are alive, on all threads.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        public static long PeakCount => Interlocked.Read(ref _peakCount);

        public string? name { get; set; }

        public bool IsInvalid => _handle == IntPtr.Zero;

        public IntPtr Handle => _handle != IntPtr.Zero ? _handle : throw Disposed();

        internal DisposeScope? OwningDisposeScope { get; set; }

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public Tensor alias()
        {
            int status = Native.ts_alias(Handle, out IntPtr result);
            GC.KeepAlive(this);
            Native.Check(status);
            return Own(result);
        }

        public IntPtr DecoupleFromNativeHandle()
        {
            IntPtr handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle == IntPtr.Zero) throw Disposed();
            GC.SuppressFinalize(this);
            CountDisposed();
            Interlocked.Decrement(ref _totalCount);
            return handle;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is not null) OwningDisposeScope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => base.GetHashCode();

        /// <summary>Whether both have the same type, place, shape and elements.</summary>
        public bool Equals(Tensor? target) =>
            ReferenceEquals(this, target) ||
            (target is not null && dtype == target.dtype && device_type == target.device_type && device_index == target.device_index &&
             shape.AsSpan().SequenceEqual(target.shape) && Op.Is("equal", this, target));

        /// <summary>Takes over a reference that libtorch gave; none for a tensor that is not defined.</summary>
        internal static Tensor Own(IntPtr handle) => handle == IntPtr.Zero ? null! : new Tensor(handle);

        protected virtual void Dispose(bool disposing)
        {
            IntPtr handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle == IntPtr.Zero) return;
            if (disposing) CountDisposed();
            Interlocked.Decrement(ref _totalCount);
            Native.ts_free(handle);
        }

        private static void CountNew()
        {
            long total = Interlocked.Increment(ref _totalCount);
            long peak;
            while (total > (peak = Interlocked.Read(ref _peakCount)) &&
                   Interlocked.CompareExchange(ref _peakCount, total, peak) != peak)
            {
            }
        }

        private void CountDisposed()
        {
            DisposeScopeManager.Statistics.TensorStatistics.Disposed(OwningDisposeScope is not null);
            OwningDisposeScope?.MarkAsDisposed(this);
        }

        private ObjectDisposedException Disposed() => new(GetType().Name, "Tensor invalid -- empty handle. It was disposed, perhaps by the dispose scope that it was made in.");
    }
}
