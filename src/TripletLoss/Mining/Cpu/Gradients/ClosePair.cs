namespace TripletLoss;

/// <summary>A pair that left a tile of weights: sorted positions, and what it weighs.</summary>
internal readonly record struct ClosePair(int Anchor, int Reference, float Weight);
