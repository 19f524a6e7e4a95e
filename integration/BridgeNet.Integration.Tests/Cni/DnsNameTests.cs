using System.Text.Json.Nodes;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Cni;

/// <summary>The key dnsname of the plugin bridgenet: containers of a CNI network find each other by name.</summary>
public sealed class DnsNameTests : IDisposable
{
    private readonly CniWorld _world = new(containers: 2);
    private readonly Scratch _scratch = new();

    public void Dispose()
    {
        _world.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Containers_find_each_other_by_name_alias_and_domain_until_they_are_deleted(bool inMap)
    {
        JsonObject first = Configuration(inMap, "www"), second = Configuration();

        JsonNode result = JsonNode.Parse(_world.CallOwn("ADD", first, container: 0).OrThrow().Output)!;
        JsonNode other = JsonNode.Parse(_world.CallOwn("ADD", second, container: 1).OrThrow().Output)!;
        string own = result["ips"]![0]!["address"]!.GetValue<string>().Split('/')[0];
        string[] answers = [.. new[] { "c0", "www", "c0.pods.example", "WWW.pods.example" }.Select(Dig)];
        CommandResult check = _world.CallOwn("CHECK", CniWorld.With(first, result), container: 0);

        answers.Should().AllBe(own);
        check.ExitCode.Should().Be(0, check.ToString());
        result["dns"]!["nameservers"]!.AsArray().Select(server => server!.GetValue<string>()).Should().Contain("10.9.0.1");
        result["dns"]!["search"]!.AsArray().Select(domain => domain!.GetValue<string>()).Should().Equal("pods.example");

        _world.CallOwn("DEL", CniWorld.With(first, result), container: 0).OrThrow();
        string gone = Dig("c0");
        _world.CallOwn("DEL", CniWorld.With(second, other), container: 1).OrThrow();

        gone.Should().BeEmpty();
        Eventually.Until(() => _world.Host.ProcessIds().Count == 0, "the name server's end");
        Directory.GetFiles(_scratch.At("names/aardvark-dns")).Should().BeEmpty();
    }

    [Fact]
    public void GC_takes_the_names_of_containers_that_are_gone_and_CHECK_misses_them()
    {
        JsonObject first = Configuration(), second = Configuration();
        JsonNode result = JsonNode.Parse(_world.CallOwn("ADD", first, container: 0).OrThrow().Output)!;
        _ = _world.CallOwn("ADD", second, container: 1).OrThrow();
        JsonObject collect = Configuration();
        collect["cniVersion"] = "1.1.0";
        collect["cni.dev/valid-attachments"] = new JsonArray(new JsonObject { ["containerID"] = "c1", ["ifname"] = "eth0" });

        _world.CallOwn("GC", collect).OrThrow();

        string[] lines = File.ReadAllLines(_scratch.At("names/aardvark-dns/net1"));
        lines.Should().HaveCount(2);
        lines[1].Should().StartWith("c1 ");
        CommandResult check = _world.CallOwn("CHECK", CniWorld.With(first, result), container: 0);
        check.ExitCode.Should().Be(1);
    }

    [Fact]
    public void Where_the_name_server_cannot_start_nothing_of_the_ADD_is_left()
    {
        using BackgroundProcess other = _world.Host.Start("socat", "UDP4-RECVFROM:53,fork", "SYSTEM:cat");
        other.Until(() => _world.Host.Listens(System.Net.Sockets.ProtocolType.Udp, 53), "the other program's socket");

        CommandResult added = _world.CallOwn("ADD", Configuration(), container: 0);

        added.ExitCode.Should().Be(1);
        JsonNode.Parse(added.Output)!["msg"]!.GetValue<string>().Should()
            .StartWith("dnsname: the name server does not start: ").And.Contain("Address already in use");
        _world.Container(0).RunOk("ip -o link").Should().NotContain("eth0");
        Directory.GetFiles(_scratch.At("names/aardvark-dns")).Should().BeEmpty();
    }

    private JsonObject Configuration(bool inMap = true, params string[] aliases)
    {
        JsonObject configuration = _world.Own();
        _ = configuration.Remove("runtimeConfig");
        configuration["dnsname"] = new JsonObject { ["domainName"] = "pods.example", ["dataDir"] = _scratch.At("names") };
        if (aliases.Length > 0)
        {
            configuration["runtimeConfig"] = new JsonObject
            {
                ["aliases"] = inMap
                    ? new JsonObject { ["net1"] = new JsonArray([.. aliases.Select(alias => (JsonNode)alias)]) }
                    : new JsonArray([.. aliases.Select(alias => (JsonNode)alias)]),
            };
        }
        return configuration;
    }

    private string Dig(string name) => _world.Container(1).Run($"dig +short +tries=1 +time=15 @10.9.0.1 {name}").Output.TrimEnd();
}
