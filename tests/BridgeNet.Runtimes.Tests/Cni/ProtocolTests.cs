namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>What a runtime may rely on before a plugin does anything.</summary>
public sealed class ProtocolTests
{
    private const string Bridge = """{"cniVersion":"1.0.0","name":"net1","type":"bridge"}""";

    [Theory]
    [InlineData("firewall", "CNI firewall plugin v1.9.1\nCNI protocol versions supported: 0.4.0, 1.0.0, 1.1.0\n")]
    [InlineData("bandwidth", "CNI bandwidth plugin v1.9.1\nCNI protocol versions supported: 0.3.0, 0.3.1, 0.4.0, 1.0.0, 1.1.0\n")]
    [InlineData("bridge", "CNI bridge plugin v1.9.1\nCNI protocol versions supported: 0.1.0, 0.2.0, 0.3.0, 0.3.1, 0.4.0, 1.0.0, 1.1.0\n")]
    public void A_call_without_variables_prints_name_and_versions_on_stderr(string binary, string introduction)
    {
        PluginCall call = new(binary);
        call.Remove("CNI_COMMAND");

        call.Run(string.Empty).Should().Be((0, string.Empty, introduction));
    }

    [Fact]
    public void VERSION_needs_no_other_variable()
    {
        PluginCall call = new("bridgenet");
        foreach (string variable in (string[])["CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME", "CNI_PATH"])
        {
            call.Remove(variable);
        }
        call["CNI_COMMAND"] = "VERSION";

        call.Run(string.Empty).Output.Should().Be(
            """{"cniVersion":"1.1.0","supportedVersions":["0.1.0","0.2.0","0.3.0","0.3.1","0.4.0","1.0.0","1.1.0"]}""" + "\n");
    }

    [Fact]
    public void Missing_variables_are_all_named()
    {
        PluginCall call = new("bridge");
        call.Remove("CNI_CONTAINERID");
        call.Remove("CNI_NETNS");

        call.Fail(Bridge).Should().Be((4, "required env variables [CNI_CONTAINERID,CNI_NETNS] missing", null));
    }

    [Theory]
    [InlineData("CNI_CONTAINERID", "-a", 4)]
    [InlineData("CNI_CONTAINERID", "a/../b", 4)]
    [InlineData("CNI_CONTAINERID", "a\nb", 4)]
    [InlineData("CNI_IFNAME", "sixteen-letters-", 4)]
    [InlineData("CNI_IFNAME", "a/b", 4)]
    [InlineData("CNI_IFNAME", "..", 4)]
    [InlineData("CNI_ARGS", "K8S_POD_NAME=a", 4)]
    [InlineData("CNI_ARGS", "IP", 4)]
    [InlineData("CNI_COMMAND", "add", 4)]
    public void A_wrong_variable_is_refused(string variable, string value, int code)
    {
        PluginCall call = new("bridge") { [variable] = value };

        call.Fail(Bridge).Code.Should().Be(code);
    }

    [Theory]
    [InlineData("{", 6)]
    [InlineData("[]", 6)]
    [InlineData("""{"cniVersion":"1.0.0","type":"bridge"}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"a b","type":"bridge"}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"../../etc","type":"host-local"}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"net1","type":"bridge","vlan":5000}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"net1","type":"bridge","hairpinMode":true,"promiscMode":true}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"net1","type":"bridge","bridge":"a/b"}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"net1","type":"bridge","mtu":"x"}""", 6)]
    public void A_wrong_configuration_is_refused_before_anything_is_done(string configuration, int code) =>
        new PluginCall("bridge").Fail(configuration).Code.Should().Be(code);

    [Fact]
    public void An_unknown_version_is_refused_with_the_supported_ones() =>
        new PluginCall("bridge").Fail("""{"cniVersion":"9.0.0","name":"net1","type":"bridge"}""")
            .Should().Be(
                (1, "incompatible CNI versions", "config is \"9.0.0\", plugin supports [\"0.1.0\" \"0.2.0\" \"0.3.0\" \"0.3.1\" \"0.4.0\" "
                    + "\"1.0.0\" \"1.1.0\"]"));

    [Theory]
    [InlineData("CHECK", "0.3.1")]
    [InlineData("STATUS", "1.0.0")]
    [InlineData("GC", "0.4.0")]
    public void A_command_that_the_version_lacks_is_refused(string command, string version)
    {
        PluginCall call = new("bridge") { ["CNI_COMMAND"] = command };

        call.Fail($$"""{"cniVersion":"{{version}}","name":"net1","type":"bridge"}""").Code.Should().Be(1);
    }

    [Theory]
    [InlineData("portmap")]
    [InlineData("firewall")]
    [InlineData("tuning")]
    [InlineData("bandwidth")]
    public void A_chained_plugin_refuses_an_ADD_without_prevResult(string plugin) =>
        new PluginCall(plugin).Fail($$"""{"cniVersion":"1.0.0","name":"net1","type":"{{plugin}}"}""").Message
            .Should().StartWith("Required prevResult missing");

    [Fact]
    public void Called_as_bridgenet_it_is_the_plugin_that_the_configuration_names() =>
        new PluginCall("bridgenet").Fail("""{"cniVersion":"1.0.0","name":"net1","type":"portmap"}""").Message
            .Should().Contain("portmap must be called as chained plugin");

    [Fact]
    public void Called_as_a_plugin_it_is_that_plugin_whatever_type_the_configuration_names()
    {
        using TestKit.Scratch reservations = new();
        PluginCall call = new("host-local");

        string ipam = $$"""{"type":"host-local","dataDir":"{{reservations.Path}}","subnet":"10.1.0.0/24"}""";
        call.RunOk($$"""{"cniVersion":"1.0.0","name":"net1","type":"ptp","ipam":{{ipam}}}""")!["ips"]![0]!["address"]!
            .GetValue<string>().Should().Be("10.1.0.2/24");
    }
}
