namespace TripletLoss;

/// <summary>An anchor, by its original index, that a reference pulls at.</summary>
internal readonly record struct IncomingEdge(int Anchor, float Weight);
