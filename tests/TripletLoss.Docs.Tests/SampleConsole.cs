using System.Text;

namespace TripletLoss.Docs.Tests;

/// <summary>Standard output or error of every sample by itself: what other tests print meanwhile goes where it went before.</summary>
internal sealed class SampleConsole(TextWriter standard) : TextWriter
{
    // Flows into the threads and tasks that a sample starts.
    private readonly AsyncLocal<TextWriter?> _sample = new();

    public static SampleConsole Output { get; } = Put(Console.Out, Console.SetOut);

    public static SampleConsole Errors { get; } = Put(Console.Error, Console.SetError);

    public override Encoding Encoding => standard.Encoding;

    private TextWriter Writer => _sample.Value ?? standard;

    /// <summary>From now on what this flow of execution writes comes here; null: as before.</summary>
    public void WriteTo(StringWriter? writer) => _sample.Value = writer is null ? null : Synchronized(writer);

    public override void Write(char value) => Writer.Write(value);

    public override void Write(char[] buffer, int index, int count) => Writer.Write(buffer, index, count);

    public override void Write(string? value) => Writer.Write(value);

    public override void Flush() => Writer.Flush();

    private static SampleConsole Put(TextWriter standard, Action<TextWriter> set)
    {
        var console = new SampleConsole(standard);
        set(console);
        return console;
    }
}
