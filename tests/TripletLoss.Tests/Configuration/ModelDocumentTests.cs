using System.Text;
using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

/// <summary>A loss, or none, within the documents that Keras writes for a model.</summary>
public class ModelDocumentTests
{
    private const string SemiHard = """{"class_name": "Addons>TripletSemiHardLoss", "config": {"reduction": "none", "name": null, "margin": 0.3}}""";
    private const string Hard = """{"class_name": "TripletHardLoss", "config": {"soft": true}, "shared_object_id": 7}""";
    private const string TwoOutputs = $$$"""{"loss": {"embedding": {{{SemiHard}}}, "class": "sparse_categorical_crossentropy", "second": {{{Hard}}}, "none": null}, "metrics": []}""";

    [Fact]
    public void Of_several_outputs_one_can_be_taken()
    {
        Losses.Deserialize(TwoOutputs, output: "embedding").Should().Be(new TripletSemiHardLoss(0.3));
        Losses.Deserialize(Encoding.UTF8.GetBytes(TwoOutputs), output: "second").Should().Be(new TripletHardLoss(soft: true));
        using var document = JsonDocument.Parse(TwoOutputs);
        Losses.Deserialize(document.RootElement, "second").Should().Be(new TripletHardLoss(soft: true));
        Losses.Deserialize<TripletHardLoss>(document.RootElement, "second").Soft.Should().BeTrue();
    }

    [Fact]
    public void Without_a_choice_the_error_says_how_to_choose() => Refused(
        () => Losses.Deserialize(TwoOutputs), "$.loss", "has 3 losses, one for each output: embedding, class, second. Take one: Losses.Deserialize(json, output: \"embedding\").");

    [Fact]
    public void A_list_of_outputs_is_taken_from_by_number()
    {
        string json = $$$"""{"class_name": "Functional", "config": {}, "compile_config": {"loss": ["mse", {{{Hard}}}]}}""";
        Losses.Deserialize(json, output: "1").Should().Be(new TripletHardLoss(soft: true));
        Refused(() => Losses.Deserialize(json), "$.compile_config.loss", "has 2 losses, one for each output: 0, 1. Take one: Losses.Deserialize(json, output: \"0\").");
        Refused(() => Losses.Deserialize(json, "0"), "$.compile_config.loss[0]", "must be an object with class_name and config, got the string \"mse\".");
    }

    [Theory]
    [InlineData($$$"""{"loss": {"embedding": {{{Hard}}}}}""")]
    [InlineData($$$"""{"loss": {"embedding": {{{Hard}}}, "other": null}}""")]
    [InlineData($$$"""{"loss": [null, {{{Hard}}}]}""")]
    public void Where_only_one_output_has_a_loss_it_is_taken(string json) => Losses.Deserialize(json).Should().Be(new TripletHardLoss(soft: true));

    [Fact]
    public void An_output_that_is_not_there_is_told()
    {
        Refused(() => Losses.Deserialize(TwoOutputs, "embeding"), "$.loss", "has no loss for the output \"embeding\". Its outputs: embedding, class, second.");
        Refused(() => Losses.Deserialize($$$"""{"loss": {{{Hard}}} }""", "x"), "$.loss", "does not have a loss for each output, so there is none for the output \"x\".");
        Refused(() => Losses.Deserialize(Hard, "x"), "$", "does not have a loss for each output, *");
        Refused(() => Losses.Deserialize("""{"loss": {"a": null, "b": null}}"""), "$.loss", "has no loss for any output.");
    }

    [Fact]
    public void Many_outputs_of_long_names_give_a_short_message()
    {
        string outputs = string.Join(',', Enumerable.Range(0, 2000).Select(i => $"\"{i}{new string('x', 10_000)}\": {{}}"));
        FluentActions.Invoking(() => Losses.Deserialize($$"""{"loss": { {{outputs}} } }""")).Should().Throw<JsonException>().Which.Message.Length.Should().BeLessThan(2000);
    }

    [Theory] // as Keras 2.15 writes them: alone, in HDF5's compile configuration, and in a .keras file, where a compiled function is an object of its own class
    [InlineData("\"Addons>triplet_semihard_loss\"", typeof(TripletSemiHardLoss))]
    [InlineData("\"triplet_semihard_loss\"", typeof(TripletSemiHardLoss))]
    [InlineData("\"Addons>triplet_hard_loss\"", typeof(TripletHardLoss))]
    [InlineData("\"triplet_hard_loss\"", typeof(TripletHardLoss))]
    [InlineData("""{"module": "tensorflow_addons.losses.triplet", "class_name": "function", "config": "triplet_semihard_loss", "registered_name": "Addons>triplet_semihard_loss"}""", typeof(TripletSemiHardLoss))]
    [InlineData("""{"module": "builtins", "class_name": "function", "config": "Addons>triplet_hard_loss", "registered_name": "function"}""", typeof(TripletHardLoss))]
    [InlineData("""{"class_name": "Function", "config": "Addons>triplet_hard_loss", "registered_name": "Function"}""", typeof(TripletHardLoss))]
    [InlineData("""{"class_name": "function", "config": "triplet_hard_loss"}""", typeof(TripletHardLoss))]
    public void A_function_of_TensorFlow_Addons_is_its_loss(string function, Type type)
    {
        foreach (string json in (string[])[
            function, $$$"""{"loss": {{{function}}}, "metrics": null}""", $$$"""{"class_name": "Functional", "config": {"layers": []}, "compile_config": {"loss": {{{function}}}}}""",
            $$$"""{"loss": {"a": {{{function}}}, "b": null}}"""])
            Losses.Deserialize(json).Should().Be(Losses.Get(type.Name)).And.BeOfType(type);
        JsonSerializer.Deserialize<Loss>(function).Should().BeOfType(type);
    }

    [Theory]
    [InlineData("""{"class_name": "function", "config": "triplet_semihard"}""", "$.config", "\"triplet_semihard\" is a function that is not known. Did you mean 'triplet_semihard_loss'? Known: triplet_semihard_loss, triplet_hard_loss.")]
    [InlineData("""{"class_name": "function", "config": "triplet_hard_loss", "registered_name": "Mine>triplet_hard_loss"}""", "$.registered_name", "\"Mine>triplet_hard_loss\" is a function that is not known.*")]
    [InlineData("\"Custom>triplet_hard_loss\"", "$", "must be an object with class_name and config, got the string \"Custom>triplet_hard_loss\".")]
    public void Any_other_function_is_refused(string json, string path, string problem) => Refused(() => Losses.Deserialize(json), path, problem);

    [Fact]
    public void The_root_of_a_SavedModel_is_read() => Losses.Deserialize($$$"""
        {"name": "model", "trainable": true, "class_name": "Functional", "config": {"name": "model", "layers": []}, "shared_object_id": 0, "is_graph_network": true, "keras_version": "2.15.0",
         "training_config": {"loss": {{{Hard}}}, "metrics": null, "optimizer_config": {"class_name": "Custom>Adam", "config": {} } } }
        """).Should().Be(new TripletHardLoss(soft: true));

    [Theory]
    [InlineData("""{"module": "keras", "class_name": "Functional", "config": {"name": "functional", "layers": []}, "registered_name": "Functional", "build_config": {}}""", "Functional")]
    [InlineData("""{"class_name": "Sequential", "config": {"name": "sequential", "layers": []}}""", "Sequential")]
    [InlineData("""{"class_name": "MyModel", "config": {}, "is_graph_network": false, "save_spec": null}""", "MyModel")]
    [InlineData("""{"class_name": "MyModel", "config": {"layers": []}, "keras_version": "2.15.0", "backend": "tensorflow"}""", "MyModel")]
    public void A_model_without_a_loss_is_told_as_such(string json, string className) => Refused(
        () => Losses.Deserialize(json), "$", $"is a model, \"{className}\", without a loss: it was not compiled, or this is its architecture alone.*compile_config*training_config*");

    [Fact]
    public void A_model_that_was_not_compiled_is_told_as_such() => Refused(
        () => Losses.Deserialize("""{"class_name": "Functional", "config": {}, "training_config": null}"""), "$.training_config", "must be an object: a model that was not compiled has no loss.");

    private static void Refused(Action read, string path, string problem) =>
        read.Should().Throw<JsonException>().WithMessage($"{path} {problem}").Which.Path.Should().Be(path);
}
