using Spectre.Console;

namespace Kanji;

/// <summary>Tables on the console of the moment: with a frame in a terminal, plain and as wide as they need to be in a file or a pipe.</summary>
internal static class Tables
{
    private const int WideEnough = 160;

    public static Table New(params string[] columns)
    {
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        table.AddColumns(columns);
        return table;
    }

    public static void Write(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = WideEnough;
        console.Write(table);
    }
}
