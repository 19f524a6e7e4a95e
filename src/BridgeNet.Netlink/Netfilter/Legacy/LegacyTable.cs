using System.Text;

using BridgeNet.Native;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>A table of the older iptables, put into the words of nf_tables: what can be said of both is then said once.</summary>
public sealed record LegacyTable
{
    /// <summary>
    /// The kind of the <see cref="UnknownExpression"/> for addresses, protocol and fragments. Its data are source, destination and their masks, as
    /// struct ipt_ip or struct ip6t_ip6 begins; empty if the rule is for all addresses.
    /// </summary>
    public const string AddressKind = "ip";

    /// <summary>ip or ip6, and its name.</summary>
    public required NftTableId Id { get; init; }

    /// <summary>The chains; those of a hook with their policy.</summary>
    public required ValueList<NftChain> Chains { get; init; }

    /// <summary>The rules in order. Other matches than interfaces are <see cref="CompatExpression"/> or <see cref="UnknownExpression"/>.</summary>
    public required ValueList<NftRule> Rules { get; init; }

    /// <summary>The tables of the calling thread's network namespace; none where the older iptables was never used.</summary>
    /// <exception cref="KernelException">EPERM without CAP_NET_ADMIN.</exception>
    /// <exception cref="NetlinkFormatException">The kernel's entries are of an unknown form.</exception>
    public static IReadOnlyList<LegacyTable> Read() => [.. Read(ipv6: false), .. Read(ipv6: true)];

    private static IEnumerable<LegacyTable> Read(bool ipv6)
    {
        // Only by this list: a table that is asked for, and not there, is made.
        string list = ipv6 ? "/proc/thread-self/net/ip6_tables_names" : "/proc/thread-self/net/ip_tables_names";
        foreach (string name in ReadNames(list))
        {
            byte[] entries = XtablesSocket.Read(ipv6, name, out byte[] info);
            yield return LegacyTableReader.Read(new NftTableId(ipv6 ? NftFamily.IPv6 : NftFamily.IPv4, name), info, entries);
        }
    }

    /// <summary>One name a line; none if this kernel has no such tables.</summary>
    private static string[] ReadNames(string list)
    {
        using FileDescriptor? file = Files.TryOpen(directory: null, list, OpenFlags.ReadOnly, mode: 0, out _);
        if (file is null)
        {
            return [];
        }
        byte[] names = Files.ReadAll(file, out int length);
        return length == 0 ? [] : Encoding.UTF8.GetString(names, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
