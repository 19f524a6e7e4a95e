using System.Net;

using BridgeNet.Runtimes.Docker.Plugin;
using BridgeNet.TestKit;

using CsCheck;

namespace BridgeNet.Runtimes.Tests.Docker;

/// <summary>The pools of Docker's IPAM on disk.</summary>
public sealed class PoolStoreTests
{
    [Fact]
    public void What_was_done_is_what_the_next_one_reads() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[1, 250].Array[0, 20], Gen.Int[1, 250].Array[0, 20]).Sample((isSix, hasRange, taken, released) =>
        {
            using Scratch scratch = new();
            PoolStore store = new(scratch.At("pools"));
            string prefix = isSix ? "fd00:6::" : "10.6.0.";
            DockerPool pool = new(
                IPNetwork.Parse(isSix ? "fd00:6::/64" : "10.6.0.0/24"),
                hasRange ? IPNetwork.Parse(isSix ? "fd00:6::80/121" : "10.6.0.128/25") : null);
            store.Add(pool);
            foreach (IPAddress address in taken.Distinct().Select(AddressOf))
            {
                store.Take(pool, address);
                pool.Take(address);
            }
            foreach (IPAddress address in released.Distinct().Select(AddressOf))
            {
                store.Release(pool, address);
                pool.Release(address);
            }

            if (hasRange)
            {
                store.MarkOurs(pool);
            }

            DockerPool read = new PoolStore(scratch.At("pools")).Load().Single();

            (read.Id, read.Range, read.IsOurs).Should().Be((pool.Id, pool.Range, hasRange));
            read.Taken.Should().BeEquivalentTo(pool.Taken);

            IPAddress AddressOf(int last) => IPAddress.Parse(prefix + (isSix ? last.ToString("x") : $"{last}"));
        }, iter: 50);

    [Fact]
    public void A_removed_pool_is_gone_and_one_whose_removal_was_cut_off_too()
    {
        using Scratch scratch = new();
        PoolStore store = new(scratch.At("pools"));
        DockerPool pool = new(IPNetwork.Parse("10.6.0.0/24"), range: null), cut = new(IPNetwork.Parse("10.7.0.0/24"), range: null);
        store.Add(pool);
        store.Take(pool, IPAddress.Parse("10.6.0.1"));
        store.Add(cut);

        store.Remove(pool);
        store.Remove(pool);
        Directory.Move(scratch.At("pools/10.7.0.0_24"), scratch.At("pools/.gone-10.7.0.0_24"));

        store.Load().Should().BeEmpty();
        Directory.GetFileSystemEntries(scratch.At("pools")).Should().BeEmpty();
    }

    [Fact]
    public void What_is_no_pool_is_left_alone()
    {
        using Scratch scratch = new();
        PoolStore store = new(scratch.At("pools"));
        Directory.CreateDirectory(scratch.At("pools/somebody"));
        Directory.CreateDirectory(scratch.At("pools/10.6.0.0_24,x"));
        Directory.CreateDirectory(scratch.At("pools/10.7.0.0_24/lost+found"));

        store.Load().Single().Taken.Should().BeEmpty();

        Directory.Exists(scratch.At("pools/somebody")).Should().BeTrue();
    }
}
