namespace TripletLoss.Docs.Tests;

public class CodeBlockTests(CompiledBlocks blocks) : IClassFixture<CompiledBlocks>
{
    public static TheoryData<string> ClassNames => [.. CodeBlock.All().Select(block => block.ClassName)];

    [Theory]
    [MemberData(nameof(ClassNames))]
    public void Every_code_block_runs(string className)
    {
        var run = blocks.Assembly.GetType(className)!.GetMethod("Run")!.CreateDelegate<Action>();
        run.Should().NotThrow();
    }
}
