namespace TripletLoss.Learning;

/// <summary>What the held-out images showed after one training.</summary>
internal sealed record Outcome(double MapAtR, double RecallAt1);
