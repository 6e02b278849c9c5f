namespace TripletLoss.Benchmarks;

/// <summary>How long a comparison may take.</summary>
/// <param name="Seconds">What it takes where the steps are short.</param>
/// <param name="LeastRounds">How often each contender runs even where they are long.</param>
/// <param name="MostSeconds">Where it ends after fewer rounds.</param>
/// <param name="LongestStep">A contender whose step is foreseen to take longer than these seconds does not run.</param>
internal readonly record struct TimeBudget(double Seconds, int LeastRounds, double MostSeconds, double LongestStep)
{
    private const int MostRounds = 200;

    /// <summary>Of a full run.</summary>
    public static readonly TimeBudget Full = new(2.5, 11, 30, 40);

    /// <summary>Of <c>--quick</c>.</summary>
    public static readonly TimeBudget Quick = new(0.8, 5, 4, 1.5);

    /// <summary>The rounds to run when one takes so long.</summary>
    public int Rounds(double secondsOfRound) =>
        Math.Clamp((int)Math.Min(Seconds / secondsOfRound, MostRounds), LeastRounds, MostRounds);
}
