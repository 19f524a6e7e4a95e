using System.CommandLine;
using System.Reflection;

using BridgeNet.Cli.Printing;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Tests.Printing;

public sealed class OptionTextTests
{
    /// <summary>A name is the library's affair, and is called that in its messages; the others are set by the verbs themselves.</summary>
    private static readonly string[] s_withoutOption = ["Name", "HoldPorts", "Keep"];

    public static TheoryData<string, string> Properties =>
    [
        .. from type in new[] { typeof(EndpointRequest), typeof(Bandwidth), typeof(NetworkDefinition), typeof(SubnetDefinition) }
           from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where !s_withoutOption.Contains(property.Name, StringComparer.Ordinal)
           select new TheoryDataRow<string, string>(type.Name, property.Name),
    ];

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_property_is_translated_alone_and_with_its_type(string type, string property)
    {
        string option = OptionText.NameOf(property);

        option.Should().NotBe(property);
        OptionText.Of($"no ({type}.{property}), no").Should().Be($"no ({option}), no");
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_translation_is_an_option_that_the_command_line_takes(string type, string property)
    {
        string[] words = OptionText.NameOf(property).Split(' ');

        if (words is ["-o", { } key])
        {
            Action apply = () => DockerNetworkOptions.Apply(NetworkDefinition.Docker0, [KeyValuePair.Create(key, "/")]);
            apply.Should().Throw<FormatException>().WithMessage($"{key}=/: the value can be *");
        }
        else if (words is not ["bandwidth"]) // four options together
        {
            OptionsOf(CommandLine.Build()).Should().Contain(words[0], "{0}.{1} is set by it", type, property);
        }
    }

    [Theory]
    [InlineData("BridgeDriver.Repair", "bridgenet repair")]
    [InlineData("BridgeDriver.Rebuild", "bridgenet repair --rebuild")]
    [InlineData("BridgeDriver.RemoveNetwork", "bridgenet network rm")]
    [InlineData("BridgeDriver.EnsureNetwork", "bridgenet network create")]
    [InlineData("BridgeDriver.CollectGarbage", "bridgenet gc")]
    public void A_method_is_translated_into_its_verb(string method, string verb) => OptionText.Of($"say {method}.").Should().Be($"say {verb}.");

    [Theory]
    [InlineData("network Adopt: Mtu of container Device")]
    [InlineData("namespace")]
    [InlineData("")]
    public void A_name_that_a_user_chose_is_not_translated(string text)
    {
        OptionText.Of(text).Should().Be(text);
        OptionText.NameOf(text).Should().Be(text);
    }

    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(OptionsOf));
}
