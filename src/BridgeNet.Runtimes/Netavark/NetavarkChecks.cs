using System.Globalization;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>Refuses what cannot be, for all networks of a call, before the first change.</summary>
internal static class NetavarkChecks
{
    /// <summary>Checks a request.</summary>
    /// <exception cref="NetavarkException">Something cannot be; the message names it.</exception>
    public static void Check(NetavarkRequest request, NetavarkPlugins plugins)
    {
        CheckNames(request);
        foreach (NetavarkAttachment attachment in request.Attachments)
        {
            if (attachment.Network.IsOfPlugin)
            {
                CheckPlugin(attachment.Network, plugins);
            }
            else
            {
                Check(attachment);
            }
        }
        foreach (NetavarkPortMapping mapping in request.Ports ?? [])
        {
            Check(mapping);
        }
    }

    /// <summary>Checks the names that become parts of paths; a teardown needs no more.</summary>
    /// <exception cref="NetavarkException">One of them leads elsewhere.</exception>
    public static void CheckNames(NetavarkRequest request)
    {
        if (!IsFileName(request.ContainerId))
        {
            throw new NetavarkException($"container_id \"{request.ContainerId}\" is part of the names of files, and cannot be one");
        }
        foreach (NetavarkNetwork network in request.Attachments.Select(attachment => attachment.Network))
        {
            if (!IsFileName(network.Id) || !IsFileName(network.Name))
            {
                throw new NetavarkException($"network \"{network.Name}\": its name and id are names of files, and these are none");
            }
            if (network.IsBridge)
            {
                CheckName(network.Interface, $"network {network.Name}: network_interface");
            }
        }
    }

    /// <summary>Whether a name is that of a file, in whatever directory.</summary>
    public static bool IsFileName(string text) => text is not ("" or "." or "..") && !text.Contains('/', StringComparison.Ordinal);

    /// <summary>What a plugin needs of a network, the plugin alone knows.</summary>
    private static void CheckPlugin(NetavarkNetwork network, NetavarkPlugins plugins)
    {
        if (!plugins.Has(network.Driver))
        {
            throw new NetavarkException(
                $"unknown network driver \"{network.Driver}\": bridge, macvlan and ipvlan are there, "
                + "and no plugin directory has a program of that name");
        }
    }

    private static void Check(NetavarkAttachment attachment)
    {
        NetavarkNetwork network = attachment.Network;
        if (network.IpamDriver is "dhcp")
        {
            throw new NetavarkException(
                network is { IsBridge: true, IsUnmanaged: false }
                    ? "cannot use dhcp ipam driver without using the option mode=unmanaged"
                    : $"network {network.Name}: unsupported ipam driver dhcp: use host-local or none");
        }
        if (network.IpamDriver is not (null or "" or "host-local" or "none"))
        {
            throw new NetavarkException($"unsupported ipam driver {network.IpamDriver}");
        }
        if (!network.IsBridge && network.Interface.Length > 0)
        {
            CheckName(network.Interface, $"network {network.Name}: network_interface");
        }
        CheckName(attachment.Interface, "interface_name");
        if (attachment.HostInterface is { Length: > 0 } host)
        {
            CheckName(host, "host_interface_name");
        }
        _ = attachment.Placed;
    }

    private static void Check(NetavarkPortMapping mapping)
    {
        _ = NetavarkRules.ProtocolOf(mapping.Protocol);
        _ = NetavarkRules.AddressOf(mapping);
        if (mapping.HostPort + mapping.Count - 1 > ushort.MaxValue || mapping.ContainerPort + mapping.Count - 1 > ushort.MaxValue)
        {
            throw new NetavarkException(string.Create(
                CultureInfo.InvariantCulture, $"port {mapping.HostPort} with range {mapping.Range} goes beyond 65535: ask for fewer ports"));
        }
    }

    private static void CheckName(string name, string field)
    {
        if (!InterfaceName.TryParse(name, CultureInfo.InvariantCulture, out _))
        {
            throw new NetavarkException($"{field} \"{name}\" is no interface's name: one has at most 15 bytes, without spaces and slashes");
        }
    }
}
