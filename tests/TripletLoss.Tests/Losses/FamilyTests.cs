using System.Reflection;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What holds for every public loss of the library, also for those that are yet to come.</summary>
public class FamilyTests
{
    public static TheoryData<Type> Classes { get; } = [.. Types()];

    [Fact]
    public void ThereAreFour() => Types().Should().HaveCount(4);

    [Theory]
    [MemberData(nameof(Classes))]
    public void IsSealed(Type type) => type.IsSealed.Should().BeTrue();

    [Theory]
    [MemberData(nameof(Classes))]
    public void IsRegisteredUnderItsNameAndMadeWithItsDefaults(Type type)
    {
        var loss = Losses.Get(type.Name);
        loss.Should().BeOfType(type);
        Losses.Get(loss.Name).Should().BeOfType(type);
        loss.GetConfig().Should().Equal(Make(type, parameter => parameter.DefaultValue).GetConfig());
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void EveryArgumentIsInTheConfiguration(Type type)
    {
        string[] expected = [.. Parameters(type).Select(parameter => parameter.Name switch
        {
            "distance" => "distance_metric",
            "activeOnly" => "active_only",
            var name => name!,
        })];
        Losses.Get(type.Name).GetConfig().Keys.Should().BeEquivalentTo(expected);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void EveryArgumentSurvivesJsonWithAValueThatIsNotItsDefault(Type type)
    {
        foreach (var changed in Parameters(type))
        {
            using var scope = NewDisposeScope();
            var loss = Make(type, parameter => parameter == changed ? Other(parameter) : parameter.DefaultValue);
            var same = Losses.Deserialize(Losses.Serialize(loss));
            same.Should().BeOfType(type);
            same.GetConfig().Should().Equal(loss.GetConfig());
            same.GetConfig().Should().NotEqual(Losses.Get(type.Name).GetConfig(), "{0} is not at its default", changed.Name);
            Value(same).Should().Equal(Value(loss));
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void EveryArgumentButTheNameMatters(Type type)
    {
        foreach (var changed in Parameters(type).Where(parameter => parameter.Name != "name"))
        {
            using var scope = NewDisposeScope();
            double[] plain = Value(Losses.Get(type.Name));
            var loss = Make(type, parameter => parameter == changed ? Other(parameter) : parameter.DefaultValue);
            Value(loss).Should().NotEqual(plain, "{0} is not at its default", changed.Name);
        }
    }

    private static double[] Value(Loss loss)
    {
        var labels = loss is ExplicitTripletLoss ? tensor(new long[,] { { 0, 1, 2 }, { 2, 3, 4 }, { 5, 0, 1 } }) : SmallBatch.Labels();
        return TensorNumbers.Of(loss.Call(labels, SmallBatch.Embeddings()));
    }

    internal static IEnumerable<Type> Types() => typeof(Loss).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Loss)));

    private static ParameterInfo[] Parameters(Type type) => type.GetConstructors().Should().ContainSingle().Subject.GetParameters();

    private static Loss Make(Type type, Func<ParameterInfo, object?> argument) =>
        (Loss)type.GetConstructors()[0].Invoke([.. Parameters(type).Select(argument)]);

    private static object Other(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        double => 0.375,
        bool value => !value,
        LossReduction => LossReduction.Sum,
        _ when parameter.ParameterType == typeof(Distance) => Distance.Cosine,
        _ when parameter.ParameterType == typeof(string) => "another name",
        _ => throw new NotSupportedException($"{parameter}: say here what another value of it is."),
    };
}
