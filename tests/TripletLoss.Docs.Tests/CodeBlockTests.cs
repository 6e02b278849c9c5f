namespace TripletLoss.Docs.Tests;

public class CodeBlockTests(CompiledBlocks blocks) : IClassFixture<CompiledBlocks>
{
    public static TheoryData<string> Namespaces => [.. CodeBlock.All().Select(block => block.Namespace)];

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void Every_code_block_runs(string name)
    {
        var run = blocks.Assembly.GetType($"{name}.Block")!.GetMethod("Run")!.CreateDelegate<Action>();
        run.Should().NotThrow();
    }
}
