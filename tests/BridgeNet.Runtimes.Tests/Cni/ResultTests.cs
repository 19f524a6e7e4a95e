using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Cni;

using CsCheck;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>Results in the shape of each version.</summary>
public sealed class ResultTests
{
    private static readonly CniResult s_result = new()
    {
        Interfaces =
        [
            new CniInterface { Name = "cni0", Mac = "02:00:00:00:00:01", Mtu = 1500 },
            new CniInterface { Name = "eth0", Mac = "02:00:00:00:00:02", Mtu = 1500, Sandbox = "/run/netns/a" },
        ],
        Addresses =
        [
            new CniAddress { Address = InterfaceAddress.Parse("10.1.0.2/24"), Gateway = IPAddress.Parse("10.1.0.1"), Interface = 1 },
            new CniAddress { Address = InterfaceAddress.Parse("fd00::2/64"), Interface = 1 },
        ],
        Routes = [new CniRoute { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("10.1.0.1"), Mtu = 1400, Priority = 5 }],
    };

    [Fact]
    public void Texts_are_escaped_as_the_framework_s_relaxed_encoder_does() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char[' ', '\u00ff'], 0, 20]).Sample(text =>
        Written(new RelaxedEncoder(), text).SequenceEqual(Written(JavaScriptEncoder.UnsafeRelaxedJsonEscaping, text)));

    [Theory]
    [InlineData("0.2.0",
        """{"cniVersion":"0.2.0","ip4":{"ip":"10.1.0.2/24","gateway":"10.1.0.1","routes":[{"dst":"0.0.0.0/0","gw":"10.1.0.1"}]}"""
        + ""","ip6":{"ip":"fd00::2/64"},"dns":{}}""")]
    [InlineData("0.4.0",
        """{"cniVersion":"0.4.0","interfaces":[{"name":"cni0","mac":"02:00:00:00:00:01"},"""
        + """{"name":"eth0","mac":"02:00:00:00:00:02","sandbox":"/run/netns/a"}]"""
        + ""","ips":[{"version":"4","interface":1,"address":"10.1.0.2/24","gateway":"10.1.0.1"},"""
        + """{"version":"6","interface":1,"address":"fd00::2/64"}],"routes":[{"dst":"0.0.0.0/0","gw":"10.1.0.1"}],"dns":{}}""")]
    [InlineData("1.0.0",
        """{"cniVersion":"1.0.0","interfaces":[{"name":"cni0","mac":"02:00:00:00:00:01"},"""
        + """{"name":"eth0","mac":"02:00:00:00:00:02","sandbox":"/run/netns/a"}]"""
        + ""","ips":[{"interface":1,"address":"10.1.0.2/24","gateway":"10.1.0.1"},{"interface":1,"address":"fd00::2/64"}]"""
        + ""","routes":[{"dst":"0.0.0.0/0","gw":"10.1.0.1"}]}""")]
    [InlineData("1.1.0",
        """{"cniVersion":"1.1.0","interfaces":[{"name":"cni0","mac":"02:00:00:00:00:01","mtu":1500},"""
        + """{"name":"eth0","mac":"02:00:00:00:00:02","mtu":1500,"sandbox":"/run/netns/a"}]"""
        + ""","ips":[{"interface":1,"address":"10.1.0.2/24","gateway":"10.1.0.1"},{"interface":1,"address":"fd00::2/64"}]"""
        + ""","routes":[{"dst":"0.0.0.0/0","gw":"10.1.0.1","mtu":1400,"priority":5}]}""")]
    public void A_result_has_the_shape_of_its_version(string version, string json) => Write(s_result, version).Should().Be(json);

    [Fact]
    public void A_result_reads_back_as_it_was_written()
    {
        CniResult read = Read(Write(s_result, "1.1.0"));

        read.Should().Be(s_result);
    }

    [Theory]
    [InlineData(
        "1.1.0",
        """
        {"Interfaces":[{"NAME":"cni0","Mac":"02:00:00:00:00:01","MTU":1500},
          {"Name":"eth0","mac":"02:00:00:00:00:02","mtu":1500,"SandBox":"/run/netns/a"}],
         "IPs":[{"Address":"10.1.0.2/24","Gateway":"10.1.0.1","Interface":1},{"ADDRESS":"fd00::2/64","interface":1}],
         "Routes":[{"Dst":"0.0.0.0/0","GW":"10.1.0.1","Mtu":1400,"Priority":5}]}
        """)]
    [InlineData(
        "0.2.0", """{"IP4":{"Ip":"10.1.0.2/24","GateWay":"10.1.0.1","ROUTES":[{"DST":"0.0.0.0/0","Gw":"10.1.0.1"}]},"Ip6":{"IP":"fd00::2/64"}}""")]
    public void A_result_reads_back_whatever_the_letter_case_of_its_keys(string version, string json)
    {
        CniResult read = Read(json.Insert(1, $"\"CniVersion\":\"{version}\","));

        Write(read, version).Should().Be(Write(s_result, version));
    }

    [Fact]
    public void Of_keys_that_differ_in_letter_case_alone_the_last_one_counts() =>
        Read("""{"cniVersion":"1.0.0","routes":[{"dst":"10.0.0.0/8","DST":"10.1.0.0/16"}]}""").Routes[0].Destination
            .Should().Be(IPNetwork.Parse("10.1.0.0/16"));

    [Fact]
    public void A_result_without_addresses_cannot_be_written_in_an_old_version()
    {
        Action write = () => Write(new CniResult(), "0.1.0");

        write.Should().Throw<CniException>().WithMessage("cannot convert: no valid IP addresses*");
    }

    [Theory]
    [InlineData("0.1.0", "10.1.0.3/24", "10.1.0.2/24 and 10.1.0.3/24")]
    [InlineData("0.2.0", "fd00::3/64", "fd00::2/64 and fd00::3/64")]
    public void Two_addresses_of_a_family_cannot_be_written_in_an_old_version(string version, string more, string named)
    {
        CniResult result = s_result with { Addresses = [.. s_result.Addresses, new CniAddress { Address = InterfaceAddress.Parse(more) }] };

        Action write = () => Write(result, version);

        write.Should().Throw<CniException>().WithMessage(
            $"cniVersion {version} has one address of each family, and {named} are of one: name a cniVersion from 0.3.0 on");
    }

    [Fact]
    public void A_name_with_half_a_character_is_refused()
    {
        Action read = () => Read("""{"cniVersion":"1.0.0","dns":{"route\ud800s":""}}""");

        read.Should().Throw<CniException>().Which.Code.Should().Be(CniErrorCode.Decoding);
    }

    [Fact]
    public void Any_JSON_is_read_as_a_result_or_refused() => Gen.String[0, 60].Sample(text =>
    {
        string quoted = JsonSerializer.Serialize(text);
        string json = $$"""{"cniVersion":"1.0.0","ips":[{"address":{{quoted}}}],"routes":[{"dst":{{quoted}}}]}""";
        try
        {
            _ = Read(json);
        }
        catch (CniException error)
        {
            error.Code.Should().Be(CniErrorCode.Decoding);
        }
    });

    [Theory]
    [InlineData("""{"cniVersion":"7.0.0"}""", CniErrorCode.IncompatibleVersion)]
    [InlineData("""{"cniVersion":"1.0.0","ips":[{"address":"10.0.0.1"}]}""", CniErrorCode.Decoding)]
    [InlineData("""{"cniVersion":"1.0.0","ips":[{"address":5}]}""", CniErrorCode.Decoding)]
    [InlineData("[]", CniErrorCode.Decoding)]
    [InlineData("""{"cniVersion":"\ud800"}""", CniErrorCode.Decoding)] // found by fuzzing: half of a surrogate pair is no text
    internal void A_result_that_cannot_be_is_refused(string json, CniErrorCode code)
    {
        Action read = () => Read(json);

        read.Should().Throw<CniException>().Which.Code.Should().Be(code);
    }

    private static CniResult Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return CniResultReader.Read(document.RootElement.Clone(), CniVersion.V1_0_0);
    }

    private static string Write(CniResult result, string version)
    {
        CniVersion.TryParse(version, out CniVersion parsed).Should().BeTrue();
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            CniResultWriter.Write(writer, result, parsed);
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static byte[] Written(JavaScriptEncoder encoder, string text)
    {
        using MemoryStream output = new();
        using (Utf8JsonWriter writer = new(output, new JsonWriterOptions { Encoder = encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString(text, text);
            writer.WriteString(text, Encoding.UTF8.GetBytes(text));
            writer.WriteEndObject();
        }
        return output.ToArray();
    }
}
