using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Lets every chunk draw the same random numbers twice, and leaves the generators as if it had drawn them once.</summary>
/// <param name="isOnCuda">Whether the inputs are on a CUDA device.</param>
/// <param name="call">The number of the call: each has its own seeds on CUDA.</param>
internal sealed class GradientCacheRandomness(bool isOnCuda, long call)
{
    // Kept for ever: what torch.get_rng_state() makes for its call may be collected, and its memory given away, while libtorch reads it.
    private static readonly Generator Cpu = Generator.Default;

    private readonly List<Tensor> _states = [];

    /// <summary>Takes note of the generator's state before a chunk is encoded.</summary>
    public void Record(int chunk)
    {
        _states.Add(Cpu.get_state().MoveToOuterDisposeScope());
        SeedCuda(chunk);
    }

    /// <summary>Brings that state back.</summary>
    public void Replay(int chunk)
    {
        Cpu.set_state(_states[chunk]);
        SeedCuda(chunk);
    }

    /// <summary>Brings back, when disposed, the state of this moment; an exception in between changes nothing about it.</summary>
    public IDisposable BeginReplay() => new End(this, Cpu.get_state());

    // CUDA's generator does not give its state away.
    private void SeedCuda(int chunk)
    {
        if (isOnCuda)
            cuda.manual_seed_all(unchecked(Cpu.initial_seed() + (call << 32) + chunk));
    }

    private sealed class End(GradientCacheRandomness randomness, Tensor state) : IDisposable
    {
        public void Dispose()
        {
            Cpu.set_state(state);
            // Not in the state that the last chunk drew from: what comes next on CUDA must not repeat it.
            randomness.SeedCuda(randomness._states.Count);
        }
    }
}
