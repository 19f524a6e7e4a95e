using System.Text.Json.Nodes;

using BridgeNet.TestKit;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>host-local and its files.</summary>
public sealed class HostLocalTests : IDisposable
{
    private const string Ranges = """[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.2.0.0/24"}]]""";

    private readonly Scratch _scratch = new();

    [Fact]
    public void An_address_is_reserved_in_a_file_as_the_reference_writes_it()
    {
        Call("c1").RunOk(Configuration("""[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00:1::/64"}]]"""));

        File.ReadAllText(At("10.1.0.2")).Should().Be("c1\r\neth0");
        File.ReadAllText(At("fd00:1::2")).Should().Be("c1\r\neth0");
        File.ReadAllText(At("last_reserved_ip.0")).Should().Be("10.1.0.2");
        File.ReadAllText(At("last_reserved_ip.1")).Should().Be("fd00:1::2");
        File.Exists(At("lock")).Should().BeTrue();
    }

    [Fact]
    public void Addresses_are_given_in_turn_so_that_a_freed_one_comes_last()
    {
        string configuration = Configuration("""[[{"subnet":"10.1.0.0/29"}]]""");

        string[] given = [.. Enumerable.Range(1, 8).Select(number =>
        {
            string address = AddressOf(Call($"c{number}").RunOk(configuration));
            Call($"c{number}", "DEL").RunOk(configuration);
            return address;
        })];

        given.Should().Equal("10.1.0.2/29", "10.1.0.3/29", "10.1.0.4/29", "10.1.0.5/29", "10.1.0.6/29", "10.1.0.2/29", "10.1.0.3/29", "10.1.0.4/29");
    }

    [Fact]
    public void A_list_of_ranges_gives_one_address_from_the_first_range_that_has_one()
    {
        string configuration = Configuration(
            """[[{"subnet":"10.1.0.0/24","rangeStart":"10.1.0.10","rangeEnd":"10.1.0.11"},"""
            + """{"subnet":"10.2.0.0/24","rangeStart":"10.2.0.5","rangeEnd":"10.2.0.5"}]]""");

        string[] given = [.. Enumerable.Range(1, 3).Select(number => AddressOf(Call($"c{number}").RunOk(configuration)))];
        (int code, string message, _) = Call("c4").Fail(configuration);

        given.Should().Equal("10.1.0.10/24", "10.1.0.11/24", "10.2.0.5/24");
        (code, message).Should().Be(
            (11, "ipam: no IP addresses available in range set: 10.1.0.10-10.1.0.11,10.2.0.5-10.2.0.5: delete containers, or widen the range"));
    }

    [Fact]
    public void An_empty_file_reserves_nothing_and_one_without_an_interface_is_freed_with_its_container()
    {
        Directory.CreateDirectory(At(string.Empty));
        File.WriteAllText(At("10.1.0.2"), string.Empty);
        File.WriteAllText(At("10.1.0.3"), "old");
        string configuration = Configuration("""[[{"subnet":"10.1.0.0/24"}]]""");

        string taken = AddressOf(Call("c1").RunOk(configuration));
        Call("old", "DEL").RunOk(configuration);

        taken.Should().Be("10.1.0.2/24");
        File.Exists(At("10.1.0.3")).Should().BeFalse();
    }

    [Fact]
    public void A_second_ADD_of_an_attachment_is_refused_and_another_interface_of_the_container_gets_an_address()
    {
        string configuration = Configuration("""[[{"subnet":"10.1.0.0/24"}]]""");
        Call("c1").RunOk(configuration);
        PluginCall other = Call("c1");
        other["CNI_IFNAME"] = "eth1";

        Call("c1").Fail(configuration).Message.Should().StartWith("ipam: duplicate allocation");
        AddressOf(other.RunOk(configuration)).Should().Be("10.1.0.3/24");
        Call("c1", "DEL").RunOk(configuration);
        File.Exists(At("10.1.0.3")).Should().BeTrue("it is the other interface's");
    }

    [Theory]
    [InlineData("IP=10.1.0.7", "", "10.1.0.7/24")]
    [InlineData("IgnoreUnknown=1;K8S_POD_NAME=x;IP=10.1.0.7", "", "10.1.0.7/24")]
    [InlineData("", ""","args":{"cni":{"ips":["10.1.0.8"]}}""", "10.1.0.8/24")]
    [InlineData("", ""","runtimeConfig":{"ips":["10.1.0.9/24"]}""", "10.1.0.9/24")]
    [InlineData("", ""","runtimeConfig":{"ipRanges":[[{"subnet":"10.8.0.0/24"}]]}""", "10.8.0.2/24")]
    public void A_runtime_gets_the_address_that_it_asks_for(string arguments, string more, string address)
    {
        PluginCall call = Call("c1");
        call["CNI_ARGS"] = arguments;

        AddressOf(call.RunOk(Configuration("""[[{"subnet":"10.1.0.0/24"}]]""", more))).Should().Be(address);
    }

    [Theory]
    [InlineData("10.1.0.1", "ipam: requested ip 10.1.0.1 is subnet's gateway")]
    [InlineData("10.9.0.1", "failed to allocate all requested IPs: 10.9.0.1: no range has them")]
    public void An_address_that_no_container_can_have_is_refused_and_none_stays_reserved(string address, string message)
    {
        PluginCall call = Call("c1");
        call["CNI_ARGS"] = $"IP={address}";

        call.Fail(Configuration("""[[{"subnet":"10.1.0.0/24"}]]""")).Message.Should().Be(message);
        Directory.GetFiles(At(string.Empty), "10.*").Should().BeEmpty();
    }

    [Theory]
    [InlineData("""[[{"subnet":"10.1.0.5/24"}]]""")]
    [InlineData("""[[{"subnet":"10.1.0.0/31"}]]""")]
    [InlineData("""[[{"subnet":"10.1.0.0/24","rangeStart":"10.2.0.1"}]]""")]
    [InlineData("""[[{"subnet":"10.1.0.0/24","rangeStart":"10.1.0.9","rangeEnd":"10.1.0.8"}]]""")]
    [InlineData("""[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.1.0.0/16"}]]""")]
    [InlineData("""[[{"subnet":"10.1.0.0/24"},{"subnet":"fd00::/64"}]]""")]
    [InlineData("[[]]")]
    [InlineData("[]")]
    public void Wrong_ranges_are_refused(string ranges) => Call("c1").Fail(Configuration(ranges)).Code.Should().Be(7);

    [Fact]
    public void A_resolv_conf_becomes_the_result_s_name_servers()
    {
        File.WriteAllText(
            _scratch.At("resolv.conf"), "# x\nnameserver 10.0.0.53\nnameserver fd00::53\nsearch a.example b.example\noptions ndots:2 edns0\n");

        string ipam = $$""","resolvConf":"{{_scratch.At("resolv.conf")}}" """;
        JsonNode result = Call("c1").RunOk(Configuration("""[[{"subnet":"10.1.0.0/24"}]]""", ipam: ipam))!;

        result["dns"]!.ToJsonString().Should().Be(
            """{"nameservers":["10.0.0.53","fd00::53"],"search":["a.example","b.example"],"options":["ndots:2","edns0"]}""");
    }

    [Fact]
    public void GC_gives_back_what_no_valid_attachment_has()
    {
        string configuration = Configuration("""[[{"subnet":"10.1.0.0/24"}]]""");
        Call("c1").RunOk(configuration);
        Call("c2").RunOk(configuration);

        Call("", "GC").RunOk(Configuration(
            """[[{"subnet":"10.1.0.0/24"}]]""", ""","cni.dev/valid-attachments":[{"containerID":"c2","ifname":"eth0"}]"""));

        Directory.GetFiles(At(string.Empty), "10.*").Select(Path.GetFileName).Should().Equal("10.1.0.3");
    }

    [Fact]
    public void GC_goes_past_a_reservation_that_cannot_be_read_and_names_it()
    {
        string configuration = Configuration("""[[{"subnet":"10.1.0.0/24"}]]""");
        Call("c1").RunOk(configuration);
        Call("c2").RunOk(configuration);
        BreakReservation("10.1.0.2");

        string message = Call("", "GC").Fail(Configuration("""[[{"subnet":"10.1.0.0/24"}]]""", ""","cni.dev/valid-attachments":[]""")).Message;

        message.Should().Contain(At("10.1.0.2"));
        File.Exists(At("10.1.0.3")).Should().BeFalse("it is of no valid attachment");
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","prevResult":{"cniVersion":"1.1.0","ips":[{"address":"10.1.0.2/24"},{"address":"10.2.0.2/24"}]}""")]
    public void DEL_goes_past_a_reservation_that_cannot_be_read_and_names_it(string more)
    {
        Call("c1").RunOk(Configuration(Ranges));
        BreakReservation("10.1.0.2");

        string message = Call("c1", "DEL").Fail(Configuration(Ranges, more)).Message;

        message.Should().Contain(At("10.1.0.2"));
        File.Exists(At("10.2.0.2")).Should().BeFalse("it is the attachment's other address");
    }

    [Fact]
    public void A_route_is_read_whatever_the_letter_case_of_its_keys()
    {
        JsonNode result = Call("c1").RunOk(Configuration(Ranges, ipam: ""","ROUTES":[{"Dst":"10.0.0.0/8","GW":"10.1.0.9"}]"""))!;

        result["routes"]!.ToJsonString().Should().Be("""[{"dst":"10.0.0.0/8","gw":"10.1.0.9"}]""");
    }

    [Theory]
    [InlineData("""[{"dst":7}]""")]
    [InlineData("[7]")]
    [InlineData("""[{"dst":"10.0.0.0/8","mtu":"big"}]""")]
    public void A_route_of_another_shape_is_refused(string routes) =>
        Call("c1").Fail(Configuration(Ranges, ipam: $$""","routes":{{routes}}""")).Code.Should().Be(7);

    [Fact]
    public void Two_addresses_of_a_family_are_refused_in_an_old_version_and_given_back()
    {
        (int code, string message, _) = Call("c1").Fail(Configuration(Ranges).Replace("1.1.0", "0.2.0", StringComparison.Ordinal));

        code.Should().Be(7);
        message.Should().Contain("10.1.0.2/24 and 10.2.0.2/24");
        File.Exists(At("10.1.0.2")).Should().BeFalse();
        File.Exists(At("10.2.0.2")).Should().BeFalse();
    }

    [Fact]
    public void Many_threads_get_different_addresses()
    {
        string configuration = Configuration("""[[{"subnet":"10.1.0.0/24"}]]""");
        string[] given = new string[40];
        Thread[] threads = [.. Enumerable.Range(0, given.Length).Select(
            number => new Thread(() => given[number] = AddressOf(Call($"c{number}").RunOk(configuration))))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        given.Should().OnlyHaveUniqueItems().And.NotContainNulls();
    }

    public void Dispose() => _scratch.Dispose();

    private static string AddressOf(JsonNode? result) => result!["ips"]![0]!["address"]!.GetValue<string>();

    private static PluginCall Call(string container, string command = "ADD") =>
        new("host-local") { ["CNI_COMMAND"] = command, ["CNI_CONTAINERID"] = container };

    /// <summary>A symbolic link to itself is a file that nobody can read.</summary>
    private void BreakReservation(string address)
    {
        File.Delete(At(address));
        File.CreateSymbolicLink(At(address), At(address));
    }

    private string At(string file) => Path.Combine(_scratch.Path, "reservations/net1", file);

    private string Configuration(string ranges, string more = "", string ipam = "")
    {
        string plugin = $$"""{"type":"host-local","dataDir":"{{_scratch.At("reservations")}}","ranges":{{ranges}}{{ipam}}}""";
        return $$"""{"cniVersion":"1.1.0","name":"net1","type":"bridge","ipam":{{plugin}}{{more}}}""";
    }
}
