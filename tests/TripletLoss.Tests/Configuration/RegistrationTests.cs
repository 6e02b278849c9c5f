using System.Reflection;
using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

public class RegistrationTests
{
    public RegistrationTests() => OwnLosses.Register();

    [Theory]
    [InlineData("TripletSemiHardLoss", typeof(TripletSemiHardLoss))]
    [InlineData("triplet_semi_hard_loss", typeof(TripletSemiHardLoss))]
    [InlineData("triplet_hard_loss", typeof(TripletHardLoss))]
    [InlineData("TripletBatchAllLoss", typeof(TripletBatchAllLoss))]
    [InlineData("varied_loss", typeof(VariedLoss))]
    public void A_loss_is_got_by_its_name(string name, Type type)
    {
        Losses.Get(name).Should().BeOfType(type);
        Losses.Get(name).GetConfig().Equals(((Loss)Activator.CreateInstance(type, BindingFlags.OptionalParamBinding | BindingFlags.Public | BindingFlags.Instance | BindingFlags.CreateInstance, null, [Type.Missing], null)!).GetConfig()).Should().BeTrue();
        Losses.Get(name).Should().NotBeSameAs(Losses.Get(name));
    }

    [Fact]
    public void An_unknown_name_is_refused() => FluentActions.Invoking(() => Losses.Get("triplet_semihard_loss"))
        .Should().Throw<ArgumentException>().WithMessage("no loss is named \"triplet_semihard_loss\". *Known: TripletSemiHardLoss, *").WithParameterName("name");

    [Fact]
    public void Every_loss_of_the_library_is_registered() =>
        typeof(Loss).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Loss)) && !type.IsAbstract)
            .Should().BeSubsetOf(LossRegistry.Entries.Select(entry => entry.Type));

    [Fact]
    public void A_custom_loss_is_written_as_Keras_writes_custom_objects()
    {
        string json = Losses.Serialize(new VariedLoss(count: 7, mode: "other"));
        json.Should().Be(
            """{"module":"Custom","class_name":"VariedLoss","config":{"name":"varied_loss","reduction":"sum_over_batch_size","number":1.5,"count":7,"flag":false,"mode":"other","distance_metric":"squared-L2"},"registered_name":"Custom>VariedLoss"}""");
        Losses.Deserialize(json).Should().BeOfType<VariedLoss>();
        Losses.Deserialize("""{"class_name": "VariedLoss"}""").Should().BeOfType<VariedLoss>();
        Losses.Deserialize("""{"class_name": "Custom>VariedLoss", "config": {"count": 2}}""").Should().BeOfType<VariedLoss>();
    }

    [Theory]
    [InlineData("""{"count": 2.5}""", "$.config.count must be an integer, got 2.5.")]
    [InlineData("""{"count": 1e3}""", "$.config.count must be an integer, got 1000.")]
    [InlineData("""{"flag": 1}""", "$.config.flag must be true or false, got 1.")]
    [InlineData("""{"mode": null}""", "$.config.mode must be a string, got null.")]
    [InlineData("""{"flagg": true}""", "$.config.flagg is not known. Did you mean 'flag'? *")]
    public void Its_arguments_are_checked(string config, string message) =>
        FluentActions.Invoking(() => Losses.Deserialize($$"""{"class_name": "VariedLoss", "config": {{config}}}"""))
            .Should().Throw<JsonException>().WithMessage(message);

    [Fact]
    public void Another_package_can_be_named()
    {
        Losses.Register("PackagedLoss", _ => new TaggedLoss<Uri>(), "mine");
        Losses.Serialize(new TaggedLoss<Uri>()).Should().Contain("\"registered_name\":\"mine>PackagedLoss\"").And.Contain("\"module\":\"mine\"");
        Losses.Deserialize("""{"class_name": "PackagedLoss", "registered_name": "mine>PackagedLoss"}""").Should().BeOfType<TaggedLoss<Uri>>();
    }

    [Fact]
    public void A_name_can_be_taken_once()
    {
        Refused(() => Losses.Register("TripletSemiHardLoss", _ => new TaggedLoss<int>()), "a loss named 'TripletSemiHardLoss' is registered already*");
        Refused(() => Losses.Register("VariedLoss", _ => new TaggedLoss<int>(), "other"), "a loss named 'VariedLoss' is registered already*");
        Refused(() => Losses.Register("varied_loss", _ => new TaggedLoss<int>()), "'varied_loss' and the registered 'VariedLoss' are both 'varied_loss' in snake case.*");
        Refused(() => Losses.Register("VariedAgain", VariedLoss.FromConfig), "*VariedLoss is registered already, as 'VariedLoss'.*");
    }

    [Fact]
    public void The_same_registration_can_be_made_again()
    {
        int before = LossRegistry.Entries.Count;
        Losses.Register(nameof(VariedLoss), VariedLoss.FromConfig);
        LossRegistry.Entries.Should().HaveCount(before);
        Refused(() => Losses.Register(nameof(VariedLoss), _ => new VariedLoss()), "a loss named 'VariedLoss' is registered already: *VariedLoss, by another factory or in another package.*");
        Refused(() => Losses.Register(nameof(VariedLoss), VariedLoss.FromConfig, "other"), "*by another factory or in another package.*");
    }

    [Fact]
    public void Arguments_that_make_no_sense_are_refused()
    {
        Refused(() => Losses.Register("a>b", _ => new TaggedLoss<int>()), "className must be letters, digits and underscores, got \"a>b\".*");
        Refused(() => Losses.Register("", _ => new TaggedLoss<int>()), "className must be letters*");
        Refused(() => Losses.Register("Abc", _ => new TaggedLoss<int>(), " "), "package must be a name without '>'*");
        Refused(() => Losses.Register("Abc", _ => new TaggedLoss<int>(), "Addons"), "package must be a custom one, got \"Addons\"*");
        Refused(() => Losses.Register<Loss>("Abc", _ => new TaggedLoss<int>()), "TripletLoss.Loss is abstract*");
        FluentActions.Invoking(() => Losses.Register<VariedLoss>("Abc", null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Losses.Register(null!, VariedLoss.FromConfig)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_class_that_is_not_registered_is_not_written() => FluentActions.Invoking(() => Losses.Serialize(new UnregisteredLoss()))
        .Should().Throw<InvalidOperationException>()
        .WithMessage("*UnregisteredLoss is not registered, so JSON could not be read back. Call Losses.Register(\"UnregisteredLoss\", UnregisteredLoss.FromConfig) once*");

    [Theory]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(ArgumentOutOfRangeException))]
    [InlineData(typeof(KeyNotFoundException))]
    [InlineData(typeof(InvalidCastException))]
    [InlineData(typeof(FormatException))]
    [InlineData(typeof(OverflowException))]
    public void What_a_factory_throws_for_a_wrong_configuration_is_told_by_the_path(Type type)
    {
        var entry = new LossEntry("Custom", "X", typeof(VariedLoss), _ => throw (Exception)Activator.CreateInstance(type)!);
        FluentActions.Invoking(() => LossFactory.Make(entry, new JsonFields("$.config", new Dictionary<string, object?>()), isAddons: false))
            .Should().Throw<JsonException>().WithMessage("$.config is refused by X: *").Which.InnerException.Should().BeOfType(type);
    }

    [Fact]
    public void Threads_can_register_and_read_at_once()
    {
        var register = typeof(Losses).GetMethod(nameof(Losses.Register))!;
        Type tag = typeof(int);
        var types = Enumerable.Range(0, 40).Select(_ => typeof(TaggedLoss<>).MakeGenericType(tag = typeof(List<>).MakeGenericType(tag))).ToArray();

        Parallel.For(0, 4 * types.Length, i =>
        {
            Type type = types[i % types.Length];
            string name = $"Parallel{i % types.Length}Loss";
            register.MakeGenericMethod(type).Invoke(null, [name, FactoryOf(type), "Custom"]);
            Losses.Get(name).Should().BeOfType(type);
            Losses.Deserialize(Losses.Serialize(new VariedLoss(count: i))).GetConfig().GetInt64("count").Should().Be(i);
        });

        LossRegistry.Entries.Select(entry => entry.Type).Should().OnlyHaveUniqueItems().And.Contain(types);
    }

    private static Delegate FactoryOf(Type type) =>
        typeof(RegistrationTests).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
            .CreateDelegate(typeof(Func<,>).MakeGenericType(typeof(LossConfig), type));

    private static T Make<T>(LossConfig config)
        where T : new() => new();

    private static void Refused(Action register, string message) => register.Should().Throw<ArgumentException>().WithMessage(message);
}
