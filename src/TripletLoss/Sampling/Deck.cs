namespace TripletLoss;

/// <summary>
/// An endless sequence of the cards 0 … size − 1: one shuffled deck after another, read in hands of equal size, where no hand holds a
/// card twice although it may take the last cards of one deck and the first of the next.
/// </summary>
/// <remarks>Every hand follows from the seed alone, so that a reader can begin anywhere.</remarks>
internal sealed class Deck
{
    private readonly long _seed;
    private readonly long _number;
    private readonly int _hand;
    private readonly long _decksPerTurn;
    private int[] _cards;
    private int[] _previous;
    private long _deck = -1;

    /// <summary>Describes the sequence; nothing is shuffled yet.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="number">Which of the sequences of this seed.</param>
    /// <param name="size">The number of cards.</param>
    /// <param name="hand">The size of a hand; larger than the deck, a hand repeats cards.</param>
    public Deck(long seed, long number, int size, int hand)
    {
        (_seed, _number, _hand) = (seed, number, hand);
        _decksPerTurn = hand / GreatestCommonDivisor(hand, size);
        _cards = new int[size];
        _previous = new int[size];
    }

    /// <summary>Reads a hand.</summary>
    public void Deal(long hand, Span<int> cards)
    {
        long position = hand * _hand;
        for (int i = 0; i < _hand; i++)
        {
            var (deck, card) = Math.DivRem(position + i, _cards.Length);
            if (deck != _deck)
                TurnTo(deck);
            cards[i] = _cards[card];
        }
    }

    /// <summary>How often each card lies before a hand.</summary>
    public void CountBefore(long hand, Span<long> counts)
    {
        var (deck, cards) = Math.DivRem(hand * _hand, _cards.Length);
        counts.Fill(deck);
        if (cards == 0)
            return;
        TurnTo(deck);
        foreach (int card in _cards.AsSpan(0, (int)cards))
            counts[card]++;
    }

    private void TurnTo(long deck)
    {
        if (_deck != deck - 1)
            _deck = NearestKnown(deck) - 1;
        while (_deck < deck)
            Shuffle(++_deck);
    }

    // A deck depends on the last cards of the one before. Large decks keep their own last cards apart, so that the chain ends there; for
    // small ones it ends where the border of two hands meets the border of two decks.
    private long NearestKnown(long deck) => LastCardsStay ? Math.Max(deck - 1, 0) : deck - deck % _decksPerTurn;

    private bool LastCardsStay => _cards.Length >= 2 * _hand;

    private void Shuffle(long deck)
    {
        (_cards, _previous) = (_previous, _cards);
        for (int i = 0; i < _cards.Length; i++)
            _cards[i] = i;
        new SplitMix64(_seed, _number, deck).Shuffle(_cards);
        int begun = (int)(deck % _decksPerTurn * _cards.Length % _hand);
        if (begun > 0 && _hand <= _cards.Length)
            CompleteHand(_previous.AsSpan(_cards.Length - begun));
    }

    // The deck before began a hand: exchange the cards of its rest that the hand holds already for the next that it does not hold.
    private void CompleteHand(ReadOnlySpan<int> held)
    {
        int rest = _hand - held.Length;
        int next = rest;
        for (int i = 0; i < rest; i++)
        {
            if (!held.Contains(_cards[i]))
                continue;
            while (held.Contains(_cards[next]))
                next++;
            (_cards[i], _cards[next]) = (_cards[next], _cards[i]);
            next++;
        }
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
