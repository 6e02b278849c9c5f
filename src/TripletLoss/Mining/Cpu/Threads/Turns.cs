namespace TripletLoss;

/// <summary>
/// Lets workers add to shared sums one after another, in an order that is fixed beforehand, so that sums of floats have the same bits whoever works on what. Chunks are claimed in the order of
/// their turns: the one that is waited for is always at work.
/// </summary>
internal sealed class Turns(int places)
{
    private readonly int[] _passed = new int[places];
    private volatile bool _abandoned;

    /// <summary>Whether so many had their turn at a place.</summary>
    public bool IsTurn(int place, int turn) => Volatile.Read(ref _passed[place]) == turn;

    /// <summary>Waits for it.</summary>
    public void Await(int place, int turn)
    {
        SpinWait wait = default;
        while (!IsTurn(place, turn) && !_abandoned)
            wait.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>Ends one's turn at a place.</summary>
    public void Pass(int place) => Volatile.Write(ref _passed[place], _passed[place] + 1);

    /// <summary>Lets nobody wait any longer: one failed, and nobody will look at the sums.</summary>
    public void Abandon() => _abandoned = true;
}
