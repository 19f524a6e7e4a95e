using System.Net;

using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Takes addresses for endpoints: of one family at a time, from the network's subnets in their order, round robin in each.</summary>
internal sealed class AddressAllocator(StateDirectory state)
{
    /// <summary>How often what is in quarantine is looked through while others take it first; each such loss is somebody's gain.</summary>
    private const int MaxRounds = 16;

    /// <summary>Takes an address for an owner. On failure nothing is taken.</summary>
    /// <param name="owner">The endpoint's id, whose lock the caller holds.</param>
    /// <param name="network">The network's name, whose lock the caller shares.</param>
    /// <param name="pools">The network's subnets of one family, at least one.</param>
    /// <param name="wanted">The address asked for, which quarantine does not matter to; null for any.</param>
    /// <exception cref="AddressUnavailableException">The address asked for is outside the subnets, reserved, or taken.</exception>
    /// <exception cref="AddressPoolExhaustedException">Every address is taken.</exception>
    public (IPAddress Address, AddressPool Pool) Claim(string owner, string network, IReadOnlyList<AddressPool> pools, IPAddress? wanted)
    {
        AddressClaims claims = state.AddressesOf(network);
        return wanted is null
            ? ClaimFresh(claims, owner, network, pools)
                ?? ClaimFreed(claims, owner, pools)
                ?? throw new AddressPoolExhaustedException(network, [.. pools.Select(pool => pool.Subnet)])
            : ClaimWanted(claims, owner, pools, wanted);
    }

    /// <summary>Gives an address back, if it is the owner's. It is not handed out again at once, as long as there is another.</summary>
    public void Release(string owner, string network, IPAddress address)
    {
        AddressClaims claims = state.AddressesOf(network);
        claims.Release(address, owner);
    }

    /// <summary>Gives an address back that never was on an interface, if it is the owner's.</summary>
    public void GiveBack(string owner, string network, IPAddress address)
    {
        AddressClaims claims = state.AddressesOf(network);
        claims.GiveBack(address, owner);
    }

    private static (IPAddress Address, AddressPool Pool) ClaimWanted(
        AddressClaims claims, string owner, IReadOnlyList<AddressPool> pools, IPAddress wanted)
    {
        IPAddress address = AddressNumber.From(wanted).ToAddress(); // without a scope, which would make another name of it
        AddressPool? pool = pools.FirstOrDefault(pool => pool.Subnet.Contains(address));
        string? refusal = pool is null
            ? $"it is outside the subnet{(pools.Count == 1 ? "" : "s")} {string.Join(" and ", pools.Select(pool => pool.Subnet))}"
            : pool.Refusal(address);
        if (refusal is null && !claims.TryTake(address, owner))
        {
            refusal = $"endpoint {claims.OwnerOf(address)} has it: choose another, or detach that one";
        }
        return refusal is null ? (address, pool!) : throw new AddressUnavailableException(wanted, refusal);
    }

    private (IPAddress Address, AddressPool Pool)? ClaimFresh(
        AddressClaims claims, string owner, string network, IReadOnlyList<AddressPool> pools)
    {
        for (int i = 0; i < pools.Count; i++)
        {
            AddressPool pool = pools[i];
            string hint = StateDirectory.HintOf(network, pool.SubnetText);
            IPAddress? last = IPAddress.TryParse(state.Hints.Read(hint), out IPAddress? noted) ? noted : null;
            foreach (IPAddress candidate in pool.From(last))
            {
                if (claims.TryClaim(candidate, owner))
                {
                    state.Hints.Note(hint, candidate.ToString());
                    return (candidate, pool);
                }
            }
        }
        return null;
    }

    /// <summary>When nothing else is left, what is in quarantine is better than nothing: the longest free first.</summary>
    private static (IPAddress Address, AddressPool Pool)? ClaimFreed(AddressClaims claims, string owner, IReadOnlyList<AddressPool> pools)
    {
        bool hasSome = true;
        for (int round = 0; hasSome && round < MaxRounds; round++)
        {
            hasSome = false;
            foreach (IPAddress candidate in claims.ListFreed())
            {
                if (pools.FirstOrDefault(pool => pool.HandsOut(candidate)) is { } pool)
                {
                    hasSome = true;
                    if (claims.TryTake(candidate, owner))
                    {
                        return (candidate, pool);
                    }
                }
            }
        }
        return null;
    }
}
