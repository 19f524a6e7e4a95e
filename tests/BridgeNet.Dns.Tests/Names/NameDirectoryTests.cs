using BridgeNet.Dns.Names;
using BridgeNet.TestKit;

namespace BridgeNet.Dns.Tests.Names;

public sealed class NameDirectoryTests
{
    [Fact]
    public void A_bad_file_is_left_out_and_logged_and_the_others_serve_on()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch.At("b"), "10.89.2.1\n");
        File.WriteAllText(scratch.At("a"), "foo\n");
        File.WriteAllText(scratch.At("c%int"), "10.89.3.1\n");
        File.WriteAllText(scratch.At("aardvark.pid"), "123");
        _ = Directory.CreateDirectory(scratch.At("directory"));
        List<string> log = [];

        IReadOnlyList<NetworkFile> files = new NameDirectory(scratch.Path, log.Add).Read(out _);

        files.Select(file => file.Network).Should().Equal("b", "c");
        log.Should().Equal($"{scratch.At("a")} is left out: line 1: foo is no address");
    }
}
