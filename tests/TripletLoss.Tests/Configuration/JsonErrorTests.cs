using System.Text;
using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

public class JsonErrorTests
{
    private const string Keys = "Known: name, reduction, margin, distance_metric.";

    [Theory]
    [InlineData("""{"margn": 1}""", "$.config.margn", $"is not known. Did you mean 'margin'? {Keys}")]
    [InlineData("""{"colour": 1}""", "$.config.colour", $"is not known. {Keys}")]
    [InlineData("""{"a b'c": 1}""", "$.config['a b\\'c']", $"is not known. {Keys}")]
    [InlineData("""{"": 1}""", "$.config['']", "is not known: a name is empty.")]
    [InlineData("""{"margin": 1, "margin": 1}""", "$.config.margin", "occurs twice.")]
    [InlineData("""{"margin": 1, "m\u0061rgin": 2}""", "$.config.margin", "occurs twice.")]
    [InlineData("""{"margin": null}""", "$.config.margin", "must be a number, got null.")]
    [InlineData("""{"margin": "0.5"}""", "$.config.margin", "must be a number, got the string \"0.5\".")]
    [InlineData("""{"margin": "NaN"}""", "$.config.margin", "must be a number, got the string \"NaN\".")]
    [InlineData("""{"margin": true}""", "$.config.margin", "must be a number, got true.")]
    [InlineData("""{"margin": [1]}""", "$.config.margin", "must be a number, a string, true, false or null, got an array.")]
    [InlineData("""{"margin": {"value": 1}}""", "$.config.margin", "must be a number, a string, true, false or null, got an object.")]
    [InlineData("""{"margin": NaN}""", "$.config.margin", "is not well-formed JSON: 'N' is an invalid start of a value.*")]
    [InlineData("""{"margin": Infinity}""", "$.config.margin", "is not well-formed JSON: 'I' is an invalid start of a value.*")]
    [InlineData("""{"margin": -1}""", "$.config.margin", "is refused by TripletSemiHardLoss: margin must be a finite number of at least 0, got -1.*")]
    [InlineData("""{"margin": 1e999}""", "$.config.margin", "is refused by TripletSemiHardLoss: margin must be a finite number of at least 0, got*")]
    [InlineData("""{"name": 3}""", "$.config.name", "must be a string, got 3.")]
    [InlineData("""{"name": "\ud800"}""", "$.config.name", "holds text that is not valid Unicode:*")]
    [InlineData("""{"reduction": "auto"}""", "$.config.reduction", "\"auto\" is read in TensorFlow Addons' own files only; write \"sum_over_batch_size\"*")]
    [InlineData("""{"reduction": "sum_over_batch"}""", "$.config.reduction", "\"sum_over_batch\" is not known. Did you mean 'sum_over_batch_size'? Known: sum_over_batch_size, sum, none, mean_with_sample_weight, mean.")]
    [InlineData("""{"reduction": 1.5}""", "$.config.reduction", "must be a string, got 1.5.")]
    [InlineData("""{"distance_metric": "angluar"}""", "$.config.distance_metric", "\"angluar\" is not known. Did you mean 'angular'? Known:*L2*angular*squared-L2*Distance.Register adds custom ones.")]
    [InlineData("""{"distance_metric": "L1-not-ours"}""", "$.config.distance_metric", "\"L1-not-ours\" is not known. Known: *")]
    [InlineData("""{"distance_metric": null}""", "$.config.distance_metric", "must be a distance's name, got null.")]
    [InlineData("""{"distance_metric": {"module": "builtins", "class_name": "function", "config": "f"}}""", "$.config.distance_metric", "must be a number, a string, true, false or null, got an object.")]
    [InlineData("[]", "$.config", "must be an object, got an array.")]
    [InlineData("null", "$.config", "must be an object, got null.")]
    [InlineData("\"x\"", "$.config", "must be an object, got the string \"x\".")]
    public void A_wrong_configuration_is_told_by_its_path(string config, string path, string problem) =>
        Refused($$"""{"class_name": "TripletSemiHardLoss", "config": {{config}}}""", path, problem);

    [Theory]
    [InlineData("null", "$", "must be an object with class_name and config, got null.")]
    [InlineData("[]", "$", "must be an object with class_name and config, got an array.")]
    [InlineData("\"triplet_semi_hard_loss\"", "$", "must be an object with class_name and config, got the string \"triplet_semi_hard_loss\".")]
    [InlineData("{}", "$", "has no class_name; it must be an object with class_name and config.")]
    [InlineData("""{"config": {}}""", "$", "has no class_name; it must be an object with class_name and config.")]
    [InlineData("""{"class_name": null}""", "$", "has no class_name; it must be an object with class_name and config.")]
    [InlineData("""{"class_name": 3}""", "$.class_name", "must be a string, got 3.")]
    [InlineData("""{"class_name": {}}""", "$.class_name", "must be a string, got an object.")]
    [InlineData("""{"class_name": "TripletSemihardLoss"}""", "$.class_name", "\"TripletSemihardLoss\" is not known. Did you mean 'TripletSemiHardLoss'? Known: TripletSemiHardLoss*Losses.Register adds custom losses.")]
    [InlineData("""{"class_name": "triplet_semi_hard_loss"}""", "$.class_name", "\"triplet_semi_hard_loss\" is not known. Did you mean 'TripletSemiHardLoss'? Known: *")]
    [InlineData("""{"class_name": "System.Diagnostics.Process"}""", "$.class_name", "\"System.Diagnostics.Process\" is not known. Known: *")]
    [InlineData("""{"class_name": "Custom>TripletSemiHardLoss"}""", "$.class_name", "\"Custom>TripletSemiHardLoss\" is not known. Did you mean '*>TripletSemiHardLoss'? Known: TripletLoss>TripletSemiHardLoss, Addons>TripletSemiHardLoss*")]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "registered_name": "Other>TripletSemiHardLoss"}""", "$.registered_name", "\"Other>TripletSemiHardLoss\" is not known.*")]
    [InlineData("""{"class_name": "TripletSemiHardLoss", "registered_name": "TripletLoss>TripletHardLoss"}""", "$.registered_name", "\"TripletLoss>TripletHardLoss\" and class_name \"TripletSemiHardLoss\" must name the same class.")]
    [InlineData("""{"class_name": "Addons>TripletHardLoss", "registered_name": "TripletLoss>TripletHardLoss"}""", "$.registered_name", "\"TripletLoss>TripletHardLoss\" and class_name \"Addons>TripletHardLoss\" must name the same class.")]
    [InlineData("""{"class_name": "TripletHardLoss", "module": []}""", "$.module", "must be a string, got an array.")]
    [InlineData("""{"class_name": "TripletHardLoss", "registered_name": 1}""", "$.registered_name", "must be a string, got 1.")]
    [InlineData("""{"class_name": "TripletHardLoss", "confg": {}}""", "$.confg", "is not known. Did you mean 'config'? Known: module, class_name, config, registered_name.")]
    [InlineData("""{"class_name": "TripletHardLoss", "build_config": null}""", "$.build_config", "is not known.*")]
    [InlineData("""{"class_name": "TripletHardLoss", "class_name": "TripletHardLoss"}""", "$.class_name", "occurs twice.")]
    public void A_wrong_envelope_is_told_by_its_path(string json, string path, string problem) => Refused(json, path, problem);

    [Theory]
    [InlineData("""{"class_name": "TripletHardLoss", "config": {"margin": 0.5}""", "$")]
    [InlineData("""{"class_name": "TripletHardLoss", "config": {"margin": 0.5""", "$.config.margin")]
    [InlineData("""{"class_name": "TripletHardLoss", "config": {"margin": """, "$.config.margin")]
    [InlineData("""{"class_name": "TripletHardLoss", "config": """, "$.config")]
    [InlineData("""{"class_name": "TripletHardLoss}""", "$.class_name")]
    [InlineData("""{"class_name": "TripletHardLoss"}}""", "$")]
    [InlineData("""{"class_name": "TripletHardLoss"} {}""", "$")]
    [InlineData("""{"class_name": "TripletHardLoss",}""", "$")]
    [InlineData("""{"config": [1, 2,""", "$.config[2]")]
    [InlineData("""{'class_name': 'TripletHardLoss'}""", "$")]
    [InlineData("// no comments\n{}", "$")]
    [InlineData("", "$")]
    [InlineData("  ", "$")]
    public void Text_that_is_no_json_is_told_by_the_path_where_it_ends(string json, string path) =>
        Refused(json, path, "is not well-formed JSON: *");

    [Theory]
    [InlineData("""{"class_name": "Model", "compile_config": null}""", "$.compile_config", "must be an object: a model that was not compiled has no loss.")]
    [InlineData("""{"class_name": "Model", "compile_config": {}}""", "$.compile_config.loss", "must be one loss, an object with class_name and config, got null.")]
    [InlineData("""{"compile_config": {"loss": "mse"}}""", "$.compile_config.loss", "must be one loss, an object with class_name and config, got the string \"mse\".")]
    [InlineData("""{"loss": []}""", "$.loss", "has no loss for any output.")]
    [InlineData("""{"loss": {"class_name": "TripletHardLoss", "config": {"margin": ""}}}""", "$.loss.config.margin", "must be a number, got the string \"\".")]
    [InlineData("""{"compile_config": {"loss": {"clas_name": 3}}}""", "$.compile_config.loss.clas_name", "is not known. Did you mean 'class_name'? Known: module, class_name, config, registered_name.")]
    public void A_model_without_one_loss_is_told_by_its_path(string json, string path, string problem) => Refused(json, path, problem);

    [Fact]
    public void Text_that_is_not_unicode_is_refused()
    {
        Refused("{\"class_name\": \"\ud800\"}", "$", "holds text that is not valid Unicode:*");
        FluentActions.Invoking(() => Losses.Deserialize([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']))
            .Should().Throw<JsonException>().WithMessage("$ *");
    }

    [Fact]
    public void Endless_nesting_is_refused() => Refused(new string('[', 100_000), "$[0][0]*", "is not well-formed JSON: *");

    [Fact]
    public void Long_texts_are_cut_in_messages() => FluentActions.Invoking(
            () => Losses.Deserialize($$"""{"class_name": "{{new string('x', 100_000)}}"}"""))
        .Should().Throw<JsonException>().Which.Message.Length.Should().BeLessThan(1000);

    private static void Refused(string json, string path, string problem)
    {
        var exception = FluentActions.Invoking(() => Losses.Deserialize(json)).Should().Throw<JsonException>().WithMessage($"{path} {problem}").Which;
        exception.Path.Should().Match(path);
        if (json != "null") // a property that is null
            FluentActions.Invoking(() => JsonSerializer.Deserialize<TripletSemiHardLoss>(Encoding.UTF8.GetBytes(json))).Should().Throw<JsonException>();
    }
}
