using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The subnets of a network that is created: chosen if none were given, and checked.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="network">The network.</param>
internal sealed class NetavarkSubnets(NetavarkCreateRequest request, JsonObject network)
{
    private const string Key = "subnets", Subnet = "subnet", Gateway = "gateway", HasIPv6 = "ipv6_enabled";
    private const int ChosenIPv6Prefix = 64, Tries = 100;

    private JsonArray All => network[Key] as JsonArray ?? [];

    /// <summary>Chooses a subnet of IPv4 if there is none at all, and one of each family if the network is to have IPv6.</summary>
    /// <exception cref="NetavarkException">No pool has a free one.</exception>
    public void Choose(bool checksUsed)
    {
        bool wantsIPv6 = network[HasIPv6]?.GetValue<bool>() is true;
        bool hasIPv4 = Has(AddressFamily.InterNetwork), hasIPv6 = Has(AddressFamily.InterNetworkV6);
        if (!hasIPv4 && (wantsIPv6 || !hasIPv6))
        {
            Add(ChooseIPv4(checksUsed));
        }
        if (!hasIPv6 && wantsIPv6)
        {
            Add(ChooseIPv6());
        }
    }

    /// <summary>Checks all, and gives those a gateway that want one.</summary>
    /// <exception cref="NetavarkException">One cannot be; the message names it.</exception>
    public void Check(bool checksUsed, bool wantsGateways)
    {
        List<(IPNetwork Network, AddressBlock Block)> former = [];
        foreach (JsonNode? json in All)
        {
            JsonObject subnet = json!.AsObject();
            IPNetwork own = NetavarkCreateRequest.NetworkOf(subnet[Subnet]);
            AddressBlock block = AddressBlock.Of(own);
            foreach ((IPNetwork other, AddressBlock otherBlock) in former)
            {
                if (block.Overlaps(otherBlock))
                {
                    throw new NetavarkException(own.Equals(other) ? $"duplicate subnet defined: {own}" : $"overlapping subnets: {other} and {own}");
                }
            }
            former.Add((own, block));
            subnet[Subnet] = $"{own}"; // without the bits of a host, as chains are named by it
            if (checksUsed && request.Subnets.Any(used => used.Overlaps(block)))
            {
                throw new NetavarkException($"subnet {own} is already used on the host or by another config");
            }
            CheckGateway(subnet, own, wantsGateways);
            CheckRange(subnet["lease_range"] as JsonObject, own);
            if (own.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6)
            {
                network[HasIPv6] = true;
            }
        }
    }

    private static void CheckGateway(JsonObject subnet, IPNetwork own, bool isWanted)
    {
        if (subnet[Gateway] is { } given)
        {
            IPAddress gateway = NetavarkCreateRequest.AddressOf(given);
            if (!own.Contains(gateway))
            {
                throw new NetavarkException($"gateway {gateway} not in subnet {own}");
            }
        }
        else if (isWanted)
        {
            bool isIPv6 = own.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6;
            int most = isIPv6 ? 128 : 31; // of a /31 the other address is that of the broadcast
            if (own.PrefixLength >= most)
            {
                throw new NetavarkException($"could not create gateway for subnet {own} because it has a {most} or greater subnet prefix");
            }
            AddressBlock block = AddressBlock.Of(own);
            subnet[Gateway] = $"{new AddressNumber(block.Family, block.First + 1).ToAddress()}";
        }
    }

    private static void CheckRange(JsonObject? range, IPNetwork own)
    {
        IPAddress? start = End(range, "start_ip", own), end = End(range, "end_ip", own);
        if (start is not null && end is not null && AddressNumber.From(start).Value > AddressNumber.From(end).Value)
        {
            throw new NetavarkException($"lease range start_ip {start} must be less than or equal to end_ip {end}");
        }
    }

    private static IPAddress? End(JsonObject? range, string name, IPNetwork own)
    {
        if (range?[name] is not { } given)
        {
            return null;
        }
        IPAddress address = NetavarkCreateRequest.AddressOf(given);
        return own.Contains(address) ? address : throw new NetavarkException($"lease range {name} {address} not in subnet {own}");
    }

    private bool Has(AddressFamily family) =>
        All.Any(subnet => NetavarkCreateRequest.NetworkOf(subnet![Subnet]).BaseAddress.AddressFamily == family);

    private void Add(IPNetwork subnet)
    {
        JsonArray all = All;
        all.Add((JsonNode)new JsonObject { [Subnet] = $"{subnet}" });
        if (all.Parent is null)
        {
            network[Key] = all;
        }
    }

    private IPNetwork ChooseIPv4(bool checksUsed)
    {
        foreach ((IPNetwork pool, int size) in request.Pools)
        {
            AddressBlock block = AddressBlock.Of(pool);
            if (block.Family is not AddressFamily.InterNetwork || size < pool.PrefixLength || size > 32)
            {
                continue;
            }
            UInt128 step = AddressBlock.SizeOf(block.Family, size);
            for (UInt128 first = block.First; first <= block.Last; first += step)
            {
                AddressBlock candidate = new(block.Family, first, first + step - 1);
                if (!checksUsed || !request.Subnets.Any(used => used.Overlaps(candidate)))
                {
                    return new IPNetwork(new AddressNumber(block.Family, first).ToAddress(), size);
                }
            }
        }
        throw new NetavarkException("could not find free subnet from subnet pools");
    }

    /// <summary>A random one of fd00::/8, as RFC 4193 wants them.</summary>
    private IPNetwork ChooseIPv6()
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            byte[] bytes = new byte[16];
            Guid.NewGuid().ToByteArray().AsSpan(8, 8).CopyTo(bytes); // bytes 9 to 15 are random throughout
            bytes[0] = 0xfd;
            IPNetwork subnet = new(new IPAddress(bytes), ChosenIPv6Prefix);
            if (!request.Subnets.Any(used => used.Overlaps(AddressBlock.Of(subnet))))
            {
                return subnet;
            }
        }
        throw new NetavarkException("failed to get random ipv6 subnet");
    }
}
