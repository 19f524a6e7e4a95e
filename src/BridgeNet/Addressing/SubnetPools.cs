using System.Net;
using System.Net.Sockets;
using System.Text;

using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace BridgeNet.Addressing;

/// <summary>Chooses subnets for networks whose definition names none.</summary>
internal sealed class SubnetPools
{
    private const int UniqueLocalPrefix = 48;
    private const int UniqueLocalSubnetPrefix = 64;

    private static readonly SubnetPool[] s_docker =
    [
        new(IPNetwork.Parse("172.17.0.0/16"), 16),
        new(IPNetwork.Parse("172.18.0.0/16"), 16),
        new(IPNetwork.Parse("172.19.0.0/16"), 16),
        new(IPNetwork.Parse("172.20.0.0/14"), 16),
        new(IPNetwork.Parse("172.24.0.0/14"), 16),
        new(IPNetwork.Parse("172.28.0.0/14"), 16),
        new(IPNetwork.Parse("192.168.0.0/16"), 20),
    ];

    private readonly IReadOnlyList<SubnetPool> _pools;

    /// <summary>The first of Docker's pools, which is the default network's while it is free.</summary>
    public static IPNetwork OfDefaultNetwork => s_docker[0].Block;

    /// <summary>Pools of both families, in the order in which they are used.</summary>
    public SubnetPools(IReadOnlyList<SubnetPool> pools) => _pools = pools;

    /// <summary>Docker's pools of IPv4 in Docker's order, which make 31 networks, and the host's own /48 of IPv6, which makes 65,536.</summary>
    /// <param name="hostId">A text that no other host has; see <see cref="UniqueLocal"/>.</param>
    public static SubnetPools ForHost(string hostId) => new([.. s_docker, new SubnetPool(UniqueLocal(hostId), UniqueLocalSubnetPrefix)]);

    /// <summary>
    /// A host's own block of unique local addresses (RFC 4193): fd and 40 bits that are always the same on this host and differ on every other. They
    /// are bytes 3 to 7 of the HMAC-SHA-256 of the host's id with the key "bridgenet", because others see addresses and must not see the id.
    /// </summary>
    public static IPNetwork UniqueLocal(string hostId)
    {
        HMac keyed = new(new Sha256Digest());
        keyed.Init(new KeyParameter("bridgenet"u8));
        keyed.BlockUpdate(Encoding.UTF8.GetBytes(hostId));
        byte[] hash = new byte[keyed.GetMacSize()];
        keyed.DoFinal(hash);
        return new IPNetwork(new IPAddress([0xfd, .. hash.AsSpan(3, 5), 0, 0, .. new byte[8]]), UniqueLocalPrefix);
    }

    /// <summary>Whether two networks share an address.</summary>
    public static bool Overlaps(IPNetwork one, IPNetwork other) => AddressBlock.Of(one).Overlaps(AddressBlock.Of(other));

    /// <summary>The first free block of the pools, which overlaps nothing occupied; null if there is none.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="occupied">What is taken, of both families.</param>
    /// <param name="prefixLength">The block's size; null for its pool's. It skips pools that are smaller.</param>
    public IPNetwork? Choose(AddressFamily family, IReadOnlyCollection<IPNetwork> occupied, int? prefixLength = null)
    {
        AddressBlock[] taken = [.. occupied.Select(AddressBlock.Of).Where(block => block.Family == family).OrderBy(block => block.First)];
        return _pools
            .Where(pool => pool.Block.BaseAddress.AddressFamily == family && (prefixLength is not { } asked || asked >= pool.Block.PrefixLength))
            .Select(pool => ChooseOf(pool.Block, prefixLength ?? pool.PrefixLength, taken))
            .FirstOrDefault(chosen => chosen is not null);
    }

    /// <summary>Walks once over the occupied blocks in their order: each one ends before the candidate, begins behind it, or moves it on.</summary>
    private static IPNetwork? ChooseOf(IPNetwork pool, int prefixLength, AddressBlock[] taken)
    {
        AddressBlock all = AddressBlock.Of(pool);
        UInt128 size = AddressBlock.SizeOf(all.Family, prefixLength);
        AddressBlock candidate = all with { Last = all.First + (size - 1) };
        foreach (AddressBlock other in taken.Where(all.Overlaps))
        {
            if (!candidate.Overlaps(other))
            {
                continue;
            }
            if (other.Last >= all.Last - (size - 1))
            {
                return null; // the rest of the pool is less than a block
            }
            UInt128 first = (other.Last & ~(size - 1)) + size;
            candidate = candidate with { First = first, Last = first + (size - 1) };
        }
        return new IPNetwork(new AddressNumber(all.Family, candidate.First).ToAddress(), prefixLength);
    }
}
