using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

/// <summary>A class may be registered under another name than its own: Keras writes both, and goes by the registered one.</summary>
public class RegisteredNameTests
{
    public RegisteredNameTests() => OwnLosses.Register();

    [Theory]
    [InlineData("""{"module": "my.losses", "class_name": "Varied", "config": {"count": 4}, "registered_name": "Custom>VariedLoss"}""")]
    [InlineData("""{"module": "my.losses", "class_name": "TripletSemiHardLoss", "config": {"count": 4}, "registered_name": "Custom>VariedLoss"}""")]
    [InlineData("""{"class_name": "Varied", "config": {"count": 4}, "registered_name": "VariedLoss"}""")]
    public void The_registered_name_decides(string json) => Losses.Deserialize(json).Should().Be(new VariedLoss(count: 4));

    [Fact]
    public void A_subclass_of_an_Addons_loss_under_its_registered_name_is_read_as_Addons() =>
        Losses.Deserialize("""{"class_name": "Renamed", "config": {"reduction": "none"}, "registered_name": "Addons>TripletHardLoss"}""").Should().Be(new TripletHardLoss());

    [Theory]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "registered_name": "my>semihard"}""", "$.registered_name \"my>semihard\" is not known.*")]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "registered_name": "Addons>TripletHardLoss"}""", "$.registered_name *must name the same class.")]
    [InlineData("""{"class_name": "Custom>Varied", "registered_name": "other>VariedLoss"}""", "$.registered_name *must name the same class.")]
    public void Names_that_lead_nowhere_or_apart_are_refused(string json, string message) =>
        FluentActions.Invoking(() => Losses.Deserialize(json)).Should().Throw<JsonException>().WithMessage(message);

    [Fact]
    public void A_shared_object_id_is_left_alone() =>
        Losses.Deserialize("""{"class_name": "VariedLoss", "config": {}, "shared_object_id": 12}""").Should().Be(new VariedLoss());
}
