namespace Kanji;

/// <summary>The command line cannot be followed; the message says why.</summary>
internal sealed class OptionException(string message) : Exception(message);
