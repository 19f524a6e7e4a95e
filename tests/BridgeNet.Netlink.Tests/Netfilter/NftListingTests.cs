using BridgeNet.Native;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>Listings of large sets while somebody else's transactions are refused: these leave no trace, not even a generation.</summary>
public class NftListingTests
{
    private const int Count = 2000, Listings = 20, Refusals = 60, FirstOfOthers = 20_000;

    private static readonly NftTableId s_id = new(NftFamily.Inet, "sample");

    [Theory]
    [InlineData(NftSetFlags.Interval)]
    [InlineData(NftSetFlags.None)]
    public void A_listing_has_each_element_once(NftSetFlags flags)
    {
        using NftHost host = new();
        using NetfilterSocket other = host.Open();
        NftSet set = new() { Table = s_id, Name = "ports", KeyTypes = [NftType.Service], Flags = flags };
        NftElement[] elements = Elements(0, flags);
        host.Socket.Transaction().CreateTable(new NftTable { Id = s_id }).CreateSet(set).AddElements(s_id, set.Name, elements).Commit();
        using CancellationTokenSource isOver = new();
        int refused = 0;
        Thread refuser = new(() =>
        {
            while (!isOver.IsCancellationRequested)
            {
                _ = IsRefused(other, set, flags, elements) ? Interlocked.Increment(ref refused) : 0;
            }
        });
        uint generation = host.Socket.Generation();

        refuser.Start();
        List<int> wrong = [];
        for (int listings = 0; listings < Listings || Volatile.Read(ref refused) < Refusals; listings++)
        {
            IReadOnlyList<NftElement> listed = host.Socket.ListElements(s_id, set.Name);
            int different = listed.Select(element => (element.Key, element.IsIntervalEnd)).Distinct().Count();
            if (listed.Count != elements.Length || different != elements.Length)
            {
                wrong.Add(listed.Count);
            }
        }
        isOver.Cancel();
        refuser.Join();

        wrong.Should().BeEmpty($"{refused} transactions were refused meanwhile");
        host.Socket.Generation().Should().Be(generation, "so nobody can tell by it that a listing was disturbed");
    }

    private static bool IsRefused(NetfilterSocket socket, NftSet set, NftSetFlags flags, NftElement[] there)
    {
        try
        {
            socket.Transaction()
                .AddElements(s_id, set.Name, Elements(FirstOfOthers, flags))
                .AddElements(s_id, set.Name, there.AsSpan(0, 1), exclusive: true)
                .Commit();
            return false;
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            return true;
        }
    }

    private static NftElement[] Elements(int first, NftSetFlags flags) =>
    [
        .. from number in Enumerable.Range(0, Count)
           let port = (ushort)(first + (4 * number) + 1)
           from element in flags is NftSetFlags.Interval
               ? [new NftElement { Key = NftValue.Port(port) }, new NftElement { Key = NftValue.Port((ushort)(port + 2)), IsIntervalEnd = true }]
               : (NftElement[])[new NftElement { Key = NftValue.Port(port) }]
           select element,
    ];
}
