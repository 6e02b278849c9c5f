using TripletLoss;

namespace Kanji;

/// <summary>What a batch gave: its number from 1, its loss, and now and then what it held.</summary>
internal sealed record Step(int Batch, double Loss, TripletReport? Report);
