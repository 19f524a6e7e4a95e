using System.Text.Json.Nodes;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>What podman would ask for: a container on networks, as JSON.</summary>
/// <param name="Container">The number of the container: its namespace is c1, c2 ….</param>
internal sealed record NetavarkCall(int Container)
{
    private static readonly string[] s_mappingKeys = ["host_ip", "host_port", "container_port", "range", "protocol"];

    private readonly JsonObject _networks = [];
    private readonly JsonObject _infos = [];
    private readonly JsonArray _ports = [];

    /// <summary>The container's namespace.</summary>
    public string Sandbox => $"/run/netns/c{Container}";

    /// <summary>Whether a port of it is one of SCTP.</summary>
    public bool HasSctp => _ports.Any(port => (string?)port!["protocol"] is "sctp");

    /// <summary>Adds a published port: "192.0.2.1 8080 80 3 tcp", or "- 8080 80 1 udp" at every address.</summary>
    public NetavarkCall Publish(string mapping)
    {
        string[] words = mapping.Split(' ');
        JsonObject json = [];
        foreach ((string key, string word) in s_mappingKeys.Zip(words))
        {
            json[key] = key is "host_ip" ? (word is "-" ? "" : word) : key is "protocol" ? word : int.Parse(word);
        }
        _ports.Add(json);
        return this;
    }

    /// <summary>
    /// Adds a network: number 3 is n3 on bridge br3 with 10.89.3.0/24, in which the container has the address of its number plus one.
    /// </summary>
    public NetavarkCall On(
        int network, bool hasIPv6 = false, bool isInternal = false, bool hasDns = false, params ReadOnlySpan<(string Key, string Value)> options)
    {
        Add("bridge", network, $"br{network}", hasIPv6, isInternal, hasDns, options);
        return this;
    }

    /// <summary>Adds a network of macvlans, as <see cref="On"/>, with a route and a chosen MAC address.</summary>
    /// <param name="network">Its number.</param>
    /// <param name="parent">The host's interface; empty for that of the default route.</param>
    /// <param name="hasAddresses">Whether there are subnets.</param>
    /// <param name="hasIPv6">Whether one is of IPv6.</param>
    /// <param name="isInternal">Whether there is no way out.</param>
    /// <param name="options">The network's.</param>
    public NetavarkCall OnMacvlan(
        int network,
        string parent,
        bool hasAddresses = true,
        bool hasIPv6 = false,
        bool isInternal = false,
        params ReadOnlySpan<(string Key, string Value)> options)
    {
        (JsonObject place, JsonObject info) = Add("macvlan", network, parent, hasIPv6, isInternal, hasDns: true, options);
        place["static_mac"] = $"02:00:00:00:{network:x2}:{Container:x2}";
        info["routes"] = new JsonArray(new JsonObject { ["destination"] = "203.0.113.0/24", ["gateway"] = $"10.89.{network}.9" });
        if (!hasAddresses)
        {
            place["static_ips"] = new JsonArray();
            info["subnets"] = new JsonArray();
            info["ipam_options"] = new JsonObject { ["driver"] = "none" };
        }
        return this;
    }

    /// <summary>Adds a network of somebody else's driver, as <see cref="On"/>.</summary>
    public NetavarkCall OnPlugin(int network, string driver)
    {
        Add(driver, network, "", hasIPv6: false, isInternal: false, hasDns: false, []);
        return this;
    }

    /// <summary>Adds a route to a network that was added.</summary>
    public NetavarkCall Route(int network, string destination, string gateway)
    {
        JsonObject info = _infos[$"n{network}"]!.AsObject();
        JsonArray routes = info["routes"]?.AsArray() ?? [];
        routes.Add(new JsonObject { ["destination"] = destination, ["gateway"] = gateway });
        info["routes"] = routes.Parent is null ? routes : routes.DeepClone();
        return this;
    }

    private (JsonObject Place, JsonObject Info) Add(
        string driver, int network, string link, bool hasIPv6, bool isInternal, bool hasDns, ReadOnlySpan<(string Key, string Value)> options)
    {
        string name = $"n{network}";
        JsonArray addresses = [$"10.89.{network}.{Container + 1}"];
        JsonArray subnets = [new JsonObject { ["subnet"] = $"10.89.{network}.0/24", ["gateway"] = $"10.89.{network}.1" }];
        if (hasIPv6)
        {
            addresses.Add($"fd00:{network}::{Container + 1}");
            subnets.Add(new JsonObject { ["subnet"] = $"fd00:{network}::/64", ["gateway"] = $"fd00:{network}::1" });
        }
        JsonObject chosen = [];
        foreach ((string key, string value) in options)
        {
            chosen[key] = value;
        }
        JsonObject place = new()
        {
            ["static_ips"] = addresses,
            ["aliases"] = new JsonArray("alias"),
            ["interface_name"] = $"eth{_networks.Count}",
        };
        JsonObject info = new()
        {
            ["name"] = name,
            ["id"] = $"{network}f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9",
            ["driver"] = driver,
            ["network_interface"] = link,
            ["created"] = "2026-11-29T15:28:16.94Z",
            ["subnets"] = subnets,
            ["ipv6_enabled"] = hasIPv6,
            ["internal"] = isInternal,
            ["dns_enabled"] = hasDns,
            ["options"] = chosen,
            ["ipam_options"] = new JsonObject { ["driver"] = "host-local" },
        };
        _networks[name] = place;
        _infos[name] = info;
        return (place, info);
    }

    /// <summary>The JSON on stdin.</summary>
    public override string ToString() => new JsonObject
    {
        ["container_id"] = $"d9eb{Container:d60}",
        ["container_name"] = $"name{Container}",
        ["port_mappings"] = _ports.DeepClone(),
        ["networks"] = _networks.DeepClone(),
        ["network_info"] = _infos.DeepClone(),
    }.ToJsonString();
}
