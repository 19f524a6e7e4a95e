using System.Net;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The tables nat and filter of one family, and the changes to netavark's chains in them.</summary>
internal sealed class NetavarkIptablesFamily(NetfilterSocket netfilter, NftTransaction transaction, NftFamily family)
{
    private static readonly string[] s_isolation = [NetavarkChain.Isolation1, NetavarkChain.Isolation2, NetavarkChain.Isolation3];

    private readonly NetavarkIptablesRules _rules = new(family);
    private readonly IptablesTable _nat = new(netfilter, transaction, family, "nat");
    private readonly IptablesTable _filter = new(netfilter, transaction, family, "filter");

    /// <summary>Adds what is missing of what all networks share, and of a network's own.</summary>
    public void Add(NetavarkNetworkRecord network)
    {
        AddFilterFrame(network.Isolation is not NetavarkIsolation.Never);
        foreach (NftRule rule in _rules.OfFilter(network))
        {
            _filter.Ensure(rule);
        }
        foreach (NftRule rule in _rules.OfIsolation(network))
        {
            _filter.Ensure(rule, isFirst: true);
        }
        AddNatFrame();
        _nat.EnsureChain(NetavarkChain.Of(network));
        foreach (NftRule rule in _rules.OfNat(network))
        {
            _nat.Ensure(rule);
        }
    }

    /// <summary>Adds a container's rules, in place of those that it has if they are others.</summary>
    public void Add(NetavarkPortRecord ports)
    {
        foreach (NftRule rule in _rules.OfNameServer(ports))
        {
            _nat.Ensure(rule, isFirst: true);
        }
        if (_rules.HasPortsChain(ports))
        {
            _nat.EnsureChain(NetavarkChain.PortsOf(ports.NetworkHash));
        }
        NftRule[] wanted = [.. _rules.EntriesOf(ports), .. _rules.PortsOf(ports)];
        NftRule[] there = [.. _nat.RulesOf(NetavarkChain.Ports).Where(rule => IsEntryOf(rule, ports)), .. PublicationsOf(ports)];
        if (wanted.Length == there.Length && wanted.Zip(there, IptablesRule.IsSame).All(same => same))
        {
            return;
        }
        Remove(ports, isWithNameServer: false);
        foreach (NftRule rule in wanted)
        {
            _nat.Append(rule);
        }
    }

    /// <summary>Takes a container's rules away.</summary>
    /// <param name="ports">The container.</param>
    /// <param name="isWithNameServer">Whether nobody else needs the rules that lead to the network's name server.</param>
    public void Remove(NetavarkPortRecord ports, bool isWithNameServer)
    {
        _nat.Delete(NetavarkChain.Ports, rule => IsEntryOf(rule, ports)
            || (isWithNameServer && IptablesRule.TranslationOf(rule) is { } server && ports.DnsServers.Contains(server)));
        HashSet<NftRule> publications = [.. PublicationsOf(ports)];
        _nat.Delete(NetavarkChain.PortsOf(ports.NetworkHash), publications.Contains);
    }

    /// <summary>Takes a network's chains and rules away, and the way to what leaves isolated networks with the last one of those.</summary>
    public void Remove(NetavarkNetworkRecord network)
    {
        NftRule[] subnets = [.. _rules.SignsOf(network)], bridge = [.. _rules.BridgeSignsOf(network)];
        _filter.Delete(NetavarkChain.Input, rule => subnets.Any(sign => IptablesRule.Mentions(rule, sign)));
        _filter.Delete(NetavarkChain.Forward, rule => subnets.Any(sign => IptablesRule.Mentions(rule, sign)));
        foreach (string chain in s_isolation)
        {
            _filter.Delete(chain, rule => bridge.Any(sign => IptablesRule.Mentions(rule, sign)));
        }
        if (_filter.RulesOf(NetavarkChain.Isolation1).Count == 0)
        {
            _filter.Delete("FORWARD", rule => LeadsTo(rule, NetavarkChain.Isolation1));
        }
        _nat.Delete("POSTROUTING", rule => LeadsTo(rule, NetavarkChain.Of(network)));
        _nat.Delete(NetavarkChain.Ports, rule => LeadsTo(rule, NetavarkChain.PortsOf(network.NetworkHash)));
        _nat.DeleteChain(NetavarkChain.Of(network));
        _nat.DeleteChain(NetavarkChain.PortsOf(network.NetworkHash));
    }

    private void AddFilterFrame(bool isIsolated)
    {
        _filter.EnsureBase();
        foreach (string chain in s_isolation.Skip(isIsolated ? 0 : 1).Append(NetavarkChain.Input).Append(NetavarkChain.Forward))
        {
            _filter.EnsureChain(chain);
        }
        if (!_filter.Leads(NetavarkChain.Isolation3, NetavarkChain.Isolation2))
        {
            _filter.Append(_rules.Isolation3ToIsolation2);
        }
        if (!_filter.Leads("INPUT", NetavarkChain.Input))
        {
            _filter.Insert(_rules.ToInput);
        }
        AddForward();
        if (isIsolated && !_filter.Leads("FORWARD", NetavarkChain.Isolation1))
        {
            _filter.Insert(_rules.ToIsolation);
        }
        _filter.Ensure(_rules.DropInvalid, isFirst: true);
    }

    /// <summary>What leaves isolated networks is looked at before other packets are accepted.</summary>
    private void AddForward()
    {
        if (_filter.Leads("FORWARD", NetavarkChain.Forward))
        {
            return;
        }
        if (_filter.RulesOf("FORWARD").FirstOrDefault(rule => LeadsTo(rule, NetavarkChain.Isolation1)) is { } isolation)
        {
            _filter.Append(_rules.ToForward with { Position = isolation.Handle });
        }
        else
        {
            _filter.Insert(_rules.ToForward);
        }
    }

    private void AddNatFrame()
    {
        _nat.EnsureBase();
        foreach (string chain in (ReadOnlySpan<string>)[NetavarkChain.Mark, NetavarkChain.Marked, NetavarkChain.Ports])
        {
            _nat.EnsureChain(chain);
        }
        _nat.Ensure(_rules.SetMark);
        _nat.Ensure(_rules.MasqueradeMarked);
        foreach (string hook in (ReadOnlySpan<string>)["PREROUTING", "OUTPUT"])
        {
            if (!_nat.Leads(hook, NetavarkChain.Ports))
            {
                _nat.Append(_rules.ToPorts(hook));
            }
        }
        if (!_nat.Leads("POSTROUTING", NetavarkChain.Marked))
        {
            _nat.Insert(_rules.ToMarked);
        }
    }

    /// <summary>
    /// A container's rules in its network's chain. Only the last of those of a port says where it leads; those before it, which mark packets, are for
    /// the same port.
    /// </summary>
    private List<NftRule> PublicationsOf(NetavarkPortRecord ports)
    {
        IPAddress? container = family is NftFamily.IPv6 ? ports.Address6 : ports.Address4;
        List<NftRule> found = [], port = [];
        foreach (NftRule rule in _nat.RulesOf(NetavarkChain.PortsOf(ports.NetworkHash)))
        {
            port.Add(rule);
            if (IptablesRule.TranslationOf(rule) is { } target)
            {
                found.AddRange(target.Equals(container) ? port : []);
                port.Clear();
            }
        }
        return found;
    }

    private static bool IsEntryOf(NftRule rule, NetavarkPortRecord ports) =>
        string.Equals(IptablesTable.CommentOf(rule), NetavarkIptablesRules.CommentOf(ports), StringComparison.Ordinal);

    private static bool LeadsTo(NftRule rule, string chain) => string.Equals(IptablesTable.TargetOf(rule), chain, StringComparison.Ordinal);
}
