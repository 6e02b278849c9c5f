namespace TripletLoss;

/// <summary>Who wants to know what a kernel chose: a miner, a report.</summary>
internal interface IChoiceReader
{
    /// <summary>Takes the choices of some anchors; every anchor comes once, in any order, from any thread.</summary>
    void Read(ChosenTriplets chosen);

    /// <summary>The same as the CPU kernel has recorded them, with distances that are to be multiplied by a factor.</summary>
    void Read(ChoiceBuffer recorded, double factor) => Read(recorded.ToTriplets(factor));
}
