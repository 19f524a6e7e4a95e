using System.Text;

using BridgeNet.Runtimes.Docker.Plugin;

using CsCheck;

namespace BridgeNet.Runtimes.Tests.Docker;

/// <summary>Heads as Docker sends them, and what is none.</summary>
public sealed class HttpHeadTests
{
    private static readonly Gen<string> s_word =
        Gen.Char["abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"].Array[1, 20].Select(c => new string(c));

    [Theory]
    [InlineData("Host: ", "of 20.10")]
    [InlineData("Host: plugin.moby.localhost", "of 28.5")]
    public void Docker_s_own_is_read(string host, string because)
    {
        HttpHead head = Parse(
            $"POST /Plugin.Activate HTTP/1.1\r\n{host}\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: 0\r\n"
            + "Accept: application/vnd.docker.plugins.v1.2+json\r\n\r\n");

        head.Should().Be(new HttpHead("POST", "/Plugin.Activate", 0, KeepsConnection: true), because);
    }

    [Fact]
    public void What_is_written_is_read_again() => Gen.Select(s_word, s_word, Gen.Int[0, HttpHead.MostBodyBytes], Gen.Bool, Gen.Bool).Sample(
        (method, target, length, closes, isOld) =>
        {
            string version = isOld ? "1.0" : "1.1", connection = closes ? "close" : "keep-alive";
            HttpHead head = Parse(
                $"{method} /{target} HTTP/{version}\r\nX-Any: {target}\r\ncontent-length:{length}\r\nCONNECTION: {connection}\r\n\r\n");
            head.Should().Be(new HttpHead(method, $"/{target}", length, !closes));
        });

    [Fact]
    public void Any_bytes_are_a_head_or_refused() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try
        {
            HttpHead.Parse(bytes).Target.Should().StartWith("/");
        }
        catch (FormatException)
        {
            // refused as it is to be
        }
    });

    [Theory]
    [InlineData("GET http://host/ HTTP/1.1\r\n\r\n")]
    [InlineData("POST /x\r\n\r\n")]
    [InlineData("POST /x HTTP/2\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length: 99999999999999\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length: 33554433\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData("POST /x HTTP/1.1\r\nContent-Length : 1\r\n\r\n")]
    public void What_is_none_is_refused(string text)
    {
        Action parse = () => Parse(text);

        parse.Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData("POST /x HTTP/1.1\r\nHost: \r\n\r", -1)]
    [InlineData("a\r\n\r\nb", 5)]
    public void A_head_ends_behind_its_empty_line(string text, int end) => HttpHead.EndOf(Encoding.Latin1.GetBytes(text)).Should().Be(end);

    private static HttpHead Parse(string text) => HttpHead.Parse(Encoding.Latin1.GetBytes(text));
}
