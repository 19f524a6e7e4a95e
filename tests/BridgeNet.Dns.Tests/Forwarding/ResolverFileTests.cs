using BridgeNet.Dns.Forwarding;
using BridgeNet.TestKit;

namespace BridgeNet.Dns.Tests.Forwarding;

public sealed class ResolverFileTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void The_first_three_servers_count() =>
        ResolverFile.Parse("# nameserver 9.9.9.9\nsearch x\nnameserver 192.0.2.1\nnameserver x\n nameserver\t2001:db8::1 # two\n"
            + "nameserver 192.0.2.2\nnameserver 192.0.2.3\n")
            .Select(server => $"{server}").Should().Equal("192.0.2.1", "2001:db8::1", "192.0.2.2");

    [Fact]
    public void A_zone_is_kept() => ResolverFile.Parse("nameserver fe80::1%1\n").Should().ContainSingle().Which.ScopeId.Should().Be(1);

    [Fact]
    public void The_file_is_followed_through_every_kind_of_change()
    {
        using Scratch scratch = new();
        string path = scratch.At("resolv.conf");
        ResolverFile resolver = new(path, _clock);
        resolver.Servers.Should().BeEmpty();

        for (int i = 1; i <= 3; i++)
        {
            File.WriteAllText(path, $"nameserver 192.0.2.{i}\n"); // in place
            _clock.Advance();
            resolver.Servers.Single().ToString().Should().Be($"192.0.2.{i}");

            File.WriteAllText(scratch.At("new"), $"nameserver 198.51.100.{i}\n"); // by another file
            File.Move(scratch.At("new"), path, overwrite: true);
            _clock.Advance();
            resolver.Servers.Single().ToString().Should().Be($"198.51.100.{i}");

            File.WriteAllText(scratch.At($"target{i}"), $"nameserver 203.0.113.{i}\n"); // by a link
            File.Delete(path);
            _ = File.CreateSymbolicLink(path, scratch.At($"target{i}"));
            _clock.Advance();
            resolver.Servers.Single().ToString().Should().Be($"203.0.113.{i}");
            File.Delete(path);
        }
    }

    [Fact]
    public void It_is_read_once_a_second_at_most()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch.At("resolv.conf"), "nameserver 192.0.2.1\n");
        ResolverFile resolver = new(scratch.At("resolv.conf"), _clock);
        _ = resolver.Servers;
        File.Delete(scratch.At("resolv.conf"));

        resolver.Servers.Should().ContainSingle();
        resolver.Forget();
        resolver.Servers.Should().BeEmpty();
    }

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now;

        public void Advance() => _now++;
    }
}
