namespace TripletLoss.Docs.Tests;

public class SampleConsoleTests
{
    [Fact]
    public void A_sample_gets_what_its_own_threads_print_and_nothing_else()
    {
        using var begin = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            begin.Wait();
            Console.WriteLine("another test");
        });
        other.Start();
        var output = new StringWriter();
        SampleConsole.Output.WriteTo(output);
        begin.Set();
        other.Join();
        var own = new Thread(() => Console.Write("the sample"));
        own.Start();
        own.Join();
        SampleConsole.Output.WriteTo(null);
        Console.Write(" ");
        output.ToString().Should().Be("the sample");
    }
}
