using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>What a call of netavark is told beside the networks.</summary>
internal sealed record NetavarkOptions
{
    /// <summary>The name server's file where a call names none.</summary>
    public const string UsualNameServer = "/usr/libexec/podman/aardvark-dns";

    /// <summary>Where name servers listen unless it is said otherwise.</summary>
    public const ushort UsualDnsPort = 53;

    /// <summary>The bus where the environment names none.</summary>
    public const string UsualSystemBus = "unix:path=/run/dbus/system_bus_socket";

    /// <summary>Where its files are: <c>--config</c>; null if it was not named.</summary>
    public string? Directory { get; init; }

    /// <summary>The file of the request: <c>--file</c>; null for stdin.</summary>
    public string? RequestFile { get; init; }

    /// <summary>Where plugins are: <c>--plugin-directory</c>, in the order given.</summary>
    public ValueList<string> PluginDirectories { get; init; }

    /// <summary>The name server's file: <c>--aardvark-binary</c>; empty for none.</summary>
    public string NameServer { get; init; } = "";

    /// <summary>Who writes packet rules: <c>--firewall-driver</c> or NETAVARK_FW.</summary>
    public NetavarkFirewallDriver Firewall { get; init; }

    /// <summary>The address of the host's message bus, where firewalld is: DBUS_SYSTEM_BUS_ADDRESS; empty for none.</summary>
    public string SystemBus { get; init; } = UsualSystemBus;

    /// <summary>Where the name server listens: NETAVARK_DNS_PORT.</summary>
    public ushort DnsPort { get; init; } = UsualDnsPort;
}
