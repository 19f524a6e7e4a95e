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

    [Fact]
    public void A_result_without_addresses_cannot_be_written_in_an_old_version()
    {
        Action write = () => Write(new CniResult(), "0.1.0");

        write.Should().Throw<CniException>().WithMessage("cannot convert: no valid IP addresses*");
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
