using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TorchSharp.Interop;

namespace TorchSharpLibtorch.Tests.Errors;

public partial class OperatorNamesTests
{
    [Fact]
    public void Every_operator_that_the_source_names_is_there()
    {
        string[] names = Directory.EnumerateFiles(Source(), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/"))
            .SelectMany(file => Name().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct().Order().ToArray();
        names.Length.Should().BeGreaterThan(400);
        string[] missing = names.Where(name => !Op.Exists(name)).ToArray();
        missing.Should().BeEmpty();
    }

    [Fact]
    public void A_name_that_is_not_there_is_an_error_that_says_so()
    {
        Action call = () => Op.Call("no_such_thing");
        call.Should().Throw<Exception>().WithMessage("*libtorch * has no operator aten::no_such_thing*");
        Action tooMany = () => Op.Call("neg", TorchSharp.torch.ones(1), 2);
        tooMany.Should().Throw<ArgumentException>().WithMessage("*too many arguments*");
        Action wrong = () => Op.Call("neg", 2);
        wrong.Should().Throw<ArgumentException>().WithMessage("*'self' must be a tensor*");
    }

    [GeneratedRegex("Op\\.(?:Call|InPlace|List|Is|Number)\\d?\\(\"([^\"]+)\"")]
    private static partial Regex Name();

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/TorchSharp.Libtorch"));
}
