using TripletLoss.Tests.Conventions;

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

    [Fact]
    public void No_code_block_hands_a_temporary_number_to_libtorch() => string.Join('\n', TemporaryNumbers.In(blocks.Assembly)).Should().BeEmpty();
}
