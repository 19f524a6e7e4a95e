using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>A world whose host has podman, with Debian's netavark and ours in its place, called as podman calls them.</summary>
internal sealed partial class NetavarkHost : IDisposable
{
    private const string Directory = "/run/networks";

    /// <param name="importsImage">Whether podman gets its image.</param>
    /// <param name="isOurs">Whether podman finds our netavark, or Debian's alone.</param>
    public NetavarkHost(bool importsImage = false, bool isOurs = true)
    {
        Podman = LaterPodman.Start(World.Host, isOurs ? BinaryWorld.Path : null);
        if (importsImage)
        {
            Podman.ImportImage();
        }
    }

    public World World { get; } = new();

    public LaterPodman Podman { get; }

    /// <summary>Where the name servers listen.</summary>
    public int DnsPort { get; init; } = 53;

    /// <summary>Who writes rules: "iptables", "nftables"; empty is netavark's own choice.</summary>
    public string Driver { get; set; } = "";

    /// <summary>The address of the message bus; null if there is none.</summary>
    public string? SystemBus { get; set; }

    /// <summary>What `nft list ruleset` says; with iptables what `iptables-save` and `ip6tables-save` say, without counters.</summary>
    public string Rules => Driver is "iptables" ? IptablesRules : NftRules;

    /// <summary>What `iptables-save` and `ip6tables-save` say, without counters.</summary>
    public string IptablesRules => Counters().Replace(Podman.ShellOk("iptables-save; ip6tables-save"), "");

    /// <summary>What `nft list ruleset` says.</summary>
    public string NftRules => Podman.ShellOk("nft list ruleset");

    /// <summary>All rules and chains that are for a container or network, whichever driver wrote them.</summary>
    public IReadOnlyList<string> Remains =>
    [
        .. (IptablesRules + Podman.Shell("nft list table inet netavark").Output)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => Owned().IsMatch(line)),
    ];

    /// <summary>netavark's files with their contents.</summary>
    public string Files => Podman.ShellOk(
        $"cd {Directory} && find . -type f ! -name '*.pid' ! -path './bridgenet/*' | sort | while read f; do echo \"$f\"; cat \"$f\"; echo; done");

    /// <summary>The names of the host's links.</summary>
    public string Links => World.Host.RunOk("ip -br link | cut -d' ' -f1 | cut -d@ -f1 | sort");

    /// <summary>Makes the namespace of a container.</summary>
    public void AddSandbox(NetavarkCall call) => Podman.ShellOk($"/usr/bin/ip netns add {Path.GetFileName(call.Sandbox)}");

    /// <summary>Removes it, and so its interfaces.</summary>
    public void RemoveSandbox(NetavarkCall call) => Podman.ShellOk($"/usr/bin/ip netns del {Path.GetFileName(call.Sandbox)}");

    /// <summary>Calls the machine's own netavark, which is Debian 12's, with the later Debian's programs.</summary>
    public CommandResult CallOld(string verb, NetavarkCall call)
    {
        string program = Path.Combine(Path.GetDirectoryName(Podman.OwnHelpers)!, "netavark-old");
        if (!File.Exists(program))
        {
            File.Copy("/usr/lib/podman/netavark", program);
        }
        return Podman.Shell($"{program} --config {Directory} {verb} {call.Sandbox}", $"{call}\n");
    }

    /// <summary>Calls a netavark.</summary>
    /// <param name="isOurs">Whether it is ours, or Debian's.</param>
    /// <param name="verb">"setup".</param>
    /// <param name="call">For whom.</param>
    /// <param name="hasOwnServer">Whether it is to start our name server, or Debian's.</param>
    public CommandResult Call(bool isOurs, string verb, NetavarkCall call, bool hasOwnServer = false) =>
        Do(isOurs, $"{verb} {call.Sandbox}", $"{call}\n", hasOwnServer);

    /// <summary>Calls a netavark with any words.</summary>
    public CommandResult Do(bool isOurs, string words, string? input = null, bool hasOwnServer = false)
    {
        string program = $"{HelpersOf(isOurs)}/netavark", server = $"{HelpersOf(hasOwnServer)}/aardvark-dns";
        string environment = $"NETAVARK_DNS_PORT={DnsPort}{(Driver.Length > 0 ? $" NETAVARK_FW={Driver}" : "")}";
        environment += $" DBUS_SYSTEM_BUS_ADDRESS={SystemBus}";
        return Podman.Shell($"{environment} {program} --config {Directory} --rootless=false --aardvark-binary={server} {words}", input);
    }

    /// <summary>Runs a command line inside a container.</summary>
    public CommandResult Inside(NetavarkCall call, string commandLine) =>
        Podman.Shell($"/usr/bin/ip netns exec {Path.GetFileName(call.Sandbox)} {commandLine}");

    /// <summary>A container's routes, but for those of link-local addresses, which follow the MAC address.</summary>
    public string Routes(NetavarkCall call) =>
        LinkLocal().Replace(Inside(call, "/usr/bin/ip route").Output + Inside(call, "/usr/bin/ip -6 route").Output, "");

    /// <summary>What a setup answered, with the word MAC for each MAC address.</summary>
    public static JsonNode? Answer(CommandResult result) => JsonNode.Parse(MacAddress().Replace(result.OrThrow().Output, "MAC"));

    private string HelpersOf(bool isOurs) => isOurs ? Podman.OwnHelpers : LaterPodman.Helpers;

    public void Dispose()
    {
        try
        {
            Podman.Dispose();
        }
        finally
        {
            World.Dispose();
        }
    }

    /// <summary>What iptables-save says of the time and of packets that came by.</summary>
    [GeneratedRegex(@"^#.*\n| \[\d+:\d+\]", RegexOptions.Multiline, 1000)]
    private static partial Regex Counters();

    [GeneratedRegex("([0-9a-f]{2}:){5}[0-9a-f]{2}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MacAddress();

    [GeneratedRegex("^fe80.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex LinkLocal();

    /// <summary>The networks' subnets, bridges and chains, and containers' comments.</summary>
    [GeneratedRegex(@"10\.89\.|fd00:\d|\bbr\d|nv_|NETAVARK-(DN-)?[0-9A-F]{13}|dnat name", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Owned();
}
