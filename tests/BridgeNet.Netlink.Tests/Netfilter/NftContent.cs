using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>All that a table holds, as records without what only the kernel knows: handles and positions.</summary>
internal sealed record NftContent
{
    public required NftTable Table { get; init; }

    public ValueList<NftObject> Objects { get; init; }

    public ValueList<NftSet> Sets { get; init; }

    public ValueList<(string Set, NftElement Element)> Elements { get; init; }

    public ValueList<NftChain> Chains { get; init; }

    public ValueList<NftRule> Rules { get; init; }

    public static NftContent Read(NetfilterSocket socket, NftTableId id)
    {
        IReadOnlyList<NftSet> sets = socket.ListSets(id);
        return new NftContent
        {
            Table = socket.TryGetTable(id)! with { Handle = null },
            Objects = ValueList.From(socket.ListObjects(id).Select(obj => obj with { Handle = null })),
            Sets = ValueList.From(sets.Select(set => set with { Handle = null })),
            Elements = ValueList.From(sets.SelectMany(set => socket.ListElements(id, set.Name).Select(element => (set.Name, element)))),
            Chains = ValueList.From(socket.ListChains(id).Select(chain => chain with { Handle = null })),
            Rules = ValueList.From(socket.ListRules(id).Select(rule => rule with { Handle = null, Position = null })),
        };
    }

    public void Create(NetfilterSocket socket)
    {
        NftTransaction transaction = socket.Transaction().CreateTable(Table);
        foreach (NftChain chain in Chains)
        {
            transaction.CreateChain(chain);
        }
        foreach (NftObject obj in Objects)
        {
            transaction.AddObject(obj);
        }
        foreach (NftSet set in Sets)
        {
            transaction.CreateSet(set);
        }
        foreach (IGrouping<string, (string Set, NftElement Element)> set in Elements.GroupBy(pair => pair.Set, StringComparer.Ordinal))
        {
            transaction.AddElements(Table.Id, set.Key, set.Select(pair => pair.Element).ToArray(), exclusive: true);
        }
        foreach (NftRule rule in Rules)
        {
            transaction.AddRule(rule);
        }
        transaction.Commit();
    }

    /// <summary>Asserts that two are the same, whatever the order of the sets' elements, which the kernel chooses.</summary>
    public void ShouldBe(NftContent expected)
    {
        Table.Should().Be(expected.Table);
        Objects.Should().Equal(expected.Objects);
        Sets.Should().Equal(expected.Sets);
        Sorted(Elements).Except(Sorted(expected.Elements)).Should().BeEmpty();
        Sorted(expected.Elements).Except(Sorted(Elements)).Should().BeEmpty();
        Chains.Should().Equal(expected.Chains);
        Rules.Zip(expected.Rules).Where(pair => pair.First != pair.Second).Should().BeEmpty();
        Rules.Should().HaveCount(expected.Rules.Count);
    }

    /// <summary>nft begins a set of ranges with the end of a range that is not there; it means nothing.</summary>
    private static IEnumerable<(string Set, NftElement Element)> Sorted(IEnumerable<(string Set, NftElement Element)> elements) => elements
        .Where(pair => !(pair.Element.IsIntervalEnd && pair.Element.Key.Bytes.IndexOfAnyExcept((byte)0) < 0))
        .OrderBy(pair => pair.Set, StringComparer.Ordinal)
        .ThenBy(pair => pair.Element.Key.ToString(), StringComparer.Ordinal);
}
