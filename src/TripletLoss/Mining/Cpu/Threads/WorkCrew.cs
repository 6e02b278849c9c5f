using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>
/// Runs the chunks of one phase after another on the caller and its helpers: the threads of libtorch's operators (<see cref="OpenMp"/>) or, where there are
/// none, those of the thread pool that are awake by then. The caller does not wait for one of the pool that has not begun: a thread woken after idling
/// often shares the caller's core for a while, and a barrier there costs more than a small batch. Chunks are fixed, and who runs one does not matter
/// to its result.
/// </summary>
internal sealed unsafe class WorkCrew : IThreadPoolWorkItem, IDisposable
{
    private readonly int _threads;
    private readonly GCHandle _self;

    // The phase in the upper half, the chunks of it not yet claimed in the lower: one word, so that a helper which
    // slept through a phase cannot claim with what it read before.
    private long _ticket;
    private int _chunks;
    private int _finished;
    private int _workers = 1;
    private Action<int, int>? _body;
    private Turns? _turns;
    private volatile bool _closed;
    private volatile Exception? _failure;

    /// <param name="threads">How many work at most, the caller included.</param>
    /// <param name="usesOpenMp">Whether the threads of libtorch's operators may help; if not, those of the pool do.</param>
    public WorkCrew(int threads, bool usesOpenMp = true)
    {
        _threads = Math.Max(threads, 1);
        if (_threads > 1 && usesOpenMp && OpenMp.IsLoaded)
        {
            _self = GCHandle.Alloc(this);
            return;
        }

        for (int helper = 1; helper < _threads; helper++)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Workers are numbered from 0, the caller, to one below this.</summary>
    public int MaximumWorkers => _threads;

    /// <summary>Calls body(worker, chunk) for every chunk and returns when all are done.</summary>
    /// <param name="chunks">How many.</param>
    /// <param name="body">The work.</param>
    /// <param name="turns">Where chunks wait for each other; abandoned when one fails.</param>
    public void Run(int chunks, Action<int, int> body, Turns? turns = null)
    {
        if (_threads == 1 || chunks <= 1)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
                body(0, chunk);
            return;
        }

        _body = body;
        _turns = turns;
        _chunks = chunks;
        Volatile.Write(ref _finished, 0);
        Volatile.Write(ref _ticket, (((_ticket >> 32) + 1) << 32) | (uint)chunks);
        if (_self.IsAllocated)
        {
            _workers = 0;
            // Always as many: OpenMP ends the threads that a smaller team leaves out.
            OpenMp.Run(_threads, &Enter, GCHandle.ToIntPtr(_self));
        }
        else
        {
            Work(0);
        }

        SpinWait wait = default;
        while (Volatile.Read(ref _finished) < chunks)
            wait.SpinOnce(sleep1Threshold: -1);
        if (_failure is { } failure)
            throw new InvalidOperationException("A helper thread of the mining kernel failed.", failure);
    }

    public void Dispose()
    {
        _closed = true;
        if (_self.IsAllocated)
            _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Enter(nint self)
    {
        WorkCrew crew = (WorkCrew)GCHandle.FromIntPtr(self).Target!;
        crew.Work(crew.NextWorker());
    }

    private int NextWorker() => Interlocked.Increment(ref _workers) - 1;

    void IThreadPoolWorkItem.Execute()
    {
        int worker = NextWorker();
        SpinWait wait = default;
        while (!_closed)
        {
            if (Work(worker))
                wait = default;
            else
                wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private bool Work(int worker)
    {
        bool worked = false;
        while (TryClaim(out int chunk))
        {
            worked = true;
            try
            {
                _body!(worker, chunk);
            }
            catch (Exception exception)
            {
                _failure = exception;
                _turns?.Abandon();
            }

            Interlocked.Increment(ref _finished);
        }

        return worked;
    }

    private bool TryClaim(out int chunk)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int left = (int)(uint)ticket;
            chunk = 0;
            if (left == 0)
                return false;
            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket)
                continue;

            // Only a claimed chunk keeps the phase from ending, so that this is still its number of chunks.
            chunk = _chunks - left;
            return true;
        }
    }
}
