using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// <c>netavark create</c>, as version 2 has it: checks a network that a user described, and adds what was left open, such as bridge, subnets and
/// gateways. Nothing is made on the host.
/// </summary>
/// <param name="request">What is asked for.</param>
/// <param name="plugins">Other people's drivers.</param>
/// <param name="listInterfaces">Lists the names of the host's interfaces.</param>
internal sealed partial class NetavarkCreation(NetavarkCreateRequest request, NetavarkPlugins plugins, Func<IReadOnlySet<string>> listInterfaces)
{
    private const string HostLocal = "host-local", None = "none", Dhcp = "dhcp";
    private const string Interface = "network_interface", Options = "options", Ipam = "ipam_options", Driver = "driver", Dns = "dns_enabled";

    private const int LongestName = 240; // of the 255 of a file's name, less what is added to it

    private static readonly string[] s_bridgeOptions =
    [
        "mode", "mtu", "isolate", "metric", "no_default_route", "vrf", "vlan", NetavarkNetwork.OutboundAddress4, NetavarkNetwork.OutboundAddress6,
    ];

    private static readonly string[] s_sublinkOptions = ["mode", "mtu", "metric", "no_default_route", "bclim"];

    private JsonObject _network = request.Network;

    private string Name => Text("name");

    /// <summary>Checks it and completes it.</summary>
    /// <returns>The network, in the form of its file.</returns>
    /// <exception cref="NetavarkException">It cannot be; the message says why.</exception>
    public JsonObject Run()
    {
        if (Text(Driver) is "bridge")
        {
            TakeDockersOptions();
        }
        CheckNames();
        CheckIpam();
        bool checksSubnets = false;
        switch (Text(Driver))
        {
            case "bridge": checksSubnets = CompleteBridge() && request.ChecksSubnets; break;
            case "macvlan" or "ipvlan": CompleteSublink(); break;
            default: _network = plugins.Create(_network); break;
        }
        if (IpamDriver is None)
        {
            _network[Dns] = false; // nobody here knows the containers' addresses
        }
        if (_network["network_dns_servers"] is JsonArray && !Flag(Dns))
        {
            throw new NetavarkException("cannot set NetworkDNSServers if DNS is not enabled for the network");
        }
        NetavarkSubnets subnets = new(request, _network);
        subnets.Check(checksSubnets, wantsGateways: !Flag("internal") || Flag(Dns));
        CheckRoutes();
        _network["created"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffffffK", CultureInfo.InvariantCulture);
        return _network;
    }

    private string? IpamDriver => _network[Ipam]?[Driver]?.GetValue<string>();

    private int SubnetCount => (_network["subnets"] as JsonArray)?.Count ?? 0;

    private void CheckNames()
    {
        string id = Text("id");
        if (Name.Length > LongestName)
        {
            throw new NetavarkException($"Network name is too long: it names a file, and has at most {LongestName} characters");
        }
        if (Name.Length == 0)
        {
            throw new NetavarkException("Network name must be supplied");
        }
        if (!Plain().IsMatch(Name))
        {
            throw new NetavarkException($"Invalid characters in network name \"{Name}\": must match [a-zA-Z0-9][a-zA-Z0-9_.-]*");
        }
        if (request.Names.Contains(Name))
        {
            throw new NetavarkException($"network already exists {Name}");
        }
        if (id.Length == 0)
        {
            throw new NetavarkException("Network id must be supplied");
        }
        if (!Id().IsMatch(id))
        {
            throw new NetavarkException($"Network id must be a hexadecimal string \"{id}\", of 64 digits");
        }
        if (OptionalText(Interface) is { } name && !InterfaceName.TryParse(name, null, out _))
        {
            throw new NetavarkException(name.Length > InterfaceName.MaxBytes
                ? $"Interface name is too long: interface names must be {InterfaceName.MaxBytes} characters or less: {name}"
                : $"{Interface} \"{name}\" is no interface's name: it has no spaces, slashes and colons");
        }
    }

    private void CheckIpam()
    {
        switch (IpamDriver)
        {
            case null or "" or HostLocal or Dhcp: return;
            case None when SubnetCount == 0: return;
            case None: throw new NetavarkException("None ipam driver is set but subnets are given");
            case var other: throw new NetavarkException($"Unsupported ipam driver: {other}");
        }
    }

    /// <returns>Whether its subnets must be clear of others: several networks may share a bridge by VLANs, or one of somebody else's.</returns>
    private bool CompleteBridge()
    {
        CheckOptions(s_bridgeOptions);
        NetavarkNetwork options = ReadOptions();
        bool isAlone = !options.IsUnmanaged && OptionOf("vlan") is null;
        if (OptionalText(Interface) is { } name)
        {
            if (isAlone && request.Interfaces.Contains(name))
            {
                throw new NetavarkException($"bridge name {name} already in use");
            }
            if (!Plain().IsMatch(name))
            {
                throw new NetavarkException($"bridge name {name} is invalid");
            }
        }
        else
        {
            _network[Interface] = FindInterface();
        }
        if (IpamDriver is null or "" or HostLocal)
        {
            new NetavarkSubnets(request, _network).Choose(isAlone && request.ChecksSubnets);
            SetIpam(HostLocal);
        }
        return isAlone;
    }

    private void TakeDockersOptions()
    {
        if (_network[Options] is not JsonObject options)
        {
            return;
        }
        if (options.Remove("com.docker.network.driver.mtu", out JsonNode? mtu))
        {
            options["mtu"] = mtu;
        }
        if (options.Remove("com.docker.network.bridge.name", out JsonNode? bridge))
        {
            _network[Interface] = bridge;
        }
    }

    private void CompleteSublink()
    {
        string driver = Text(Driver);
        if (OptionalText(Interface) is { } parent && !listInterfaces().Contains(parent))
        {
            throw new NetavarkException($"parent interface {parent} does not exist");
        }
        _network[Dns] = false; // the host has no address on that wire to serve names at
        switch (IpamDriver ?? "")
        {
            case "" when SubnetCount > 0: SetIpam(HostLocal); break;
            case "" or Dhcp when driver is "ipvlan": throw new NetavarkException("ipam driver dhcp is not supported with ipvlan");
            case "": SetIpam(Dhcp); break;
            case HostLocal when SubnetCount == 0:
                throw new NetavarkException($"{driver} driver needs at least one subnet specified when the host-local ipam driver is set");
            case Dhcp when SubnetCount > 0: throw new NetavarkException("ipam driver dhcp set but subnets are set");
            default: break;
        }
        CheckOptions(driver is "ipvlan" ? [.. s_sublinkOptions.Where(option => option is not "bclim")] : s_sublinkOptions);
        _ = ReadOptions();
    }

    private void CheckOptions(string[] known)
    {
        foreach ((string name, _) in _network[Options] as JsonObject ?? [])
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new NetavarkException($"unsupported {Text(Driver)} network option: {name}");
            }
        }
        if (OptionOf("isolate") is { } isolate and not ("true" or "false" or "strict"))
        {
            throw new NetavarkException($"invalid isolate option \"{isolate}\"");
        }
    }

    /// <summary>Has the options checked by those who will read them at setup.</summary>
    private NetavarkNetwork ReadOptions() => NetavarkRequestReader.ReadOptions(
        new NetavarkNetwork { Name = Name, Id = Text("id"), Driver = Text(Driver), Interface = OptionalText(Interface) ?? "" },
        (_network[Options] as JsonObject ?? []).Select(option => (option.Key, option.Value?.GetValue<string>() ?? "")));

    private string FindInterface()
    {
        string prefix = request.InterfacePrefix ?? throw new NetavarkException("default interface name is not set");
        IReadOnlySet<string> there = listInterfaces();
        string found = Enumerable.Range(1, 1_000_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}"))
            .First(name => !there.Contains(name) && !request.Interfaces.Contains(name) && !request.Names.Contains(name));
        return Plain().IsMatch(found) && InterfaceName.TryParse(found, null, out _)
            ? found
            : throw new NetavarkException($"default_interface_name \"{prefix}\" leads to \"{found}\", which is no interface's name");
    }

    private void CheckRoutes()
    {
        foreach (JsonNode? route in _network["routes"] as JsonArray ?? [])
        {
            CheckRoute(route!.AsObject());
        }
    }

    private static void CheckRoute(JsonObject route)
    {
        InterfaceAddress destination = NetavarkCreateRequest.PlaceOf(route["destination"]);
        if (!destination.Address.Equals(destination.Subnet.BaseAddress))
        {
            throw new NetavarkException("route destination invalid");
        }
        bool hasGateway = route["gateway"] is { } gateway && NetavarkCreateRequest.AddressOf(gateway) is not null;
        string? name = route["route_type"]?.GetValue<string>();
        RouteType type = NetavarkRequestReader.RouteTypeOf(name);
        if (type is RouteType.Unicast && !hasGateway)
        {
            throw new NetavarkException($"route {destination} requires a gateway for type unicast");
        }
        if (type is not RouteType.Unicast && hasGateway)
        {
            throw new NetavarkException($"route {destination} must not have a gateway for type {name}");
        }
    }

    private void SetIpam(string driver)
    {
        if (_network[Ipam] is not JsonObject options)
        {
            _network[Ipam] = options = [];
        }
        options[Driver] = driver;
    }

    private string Text(string name) => _network[name]!.GetValue<string>();

    private string? OptionalText(string name) => _network[name]?.GetValue<string>() is { Length: > 0 } text ? text : null;

    private string? OptionOf(string name) => _network[Options]?[name]?.GetValue<string>();

    private bool Flag(string name) => _network[name]?.GetValue<bool>() is true;

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9_.-]*\z", RegexOptions.None, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[0-9a-fA-F]{64}\z", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
