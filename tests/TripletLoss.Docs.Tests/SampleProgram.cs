using System.Reflection;

namespace TripletLoss.Docs.Tests;

/// <summary>Runs a sample as its command would, and catches what it prints.</summary>
internal static class SampleProgram
{
    private static readonly object OneAtATime = new();

    public static (int ExitCode, string Output, string Errors) Run(string name, params string[] arguments)
    {
        var main = Assembly.Load(name).EntryPoint!;
        lock (OneAtATime)
        {
            var (output, errors) = (new StringWriter(), new StringWriter());
            SampleConsole.Output.WriteTo(output);
            SampleConsole.Errors.WriteTo(errors);
            try
            {
                var result = main.Invoke(null, [arguments]);
                return (result as int? ?? 0, output.ToString(), errors.ToString());
            }
            finally
            {
                SampleConsole.Output.WriteTo(null);
                SampleConsole.Errors.WriteTo(null);
            }
        }
    }
}
