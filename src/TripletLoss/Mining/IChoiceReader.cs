namespace TripletLoss;

/// <summary>Who wants to know what a kernel chose: a miner, a report.</summary>
internal interface IChoiceReader
{
    /// <summary>Takes the choices of some anchors; every anchor comes once, in any order, one call at a time.</summary>
    void Read(ChosenTriplets chosen);
}
