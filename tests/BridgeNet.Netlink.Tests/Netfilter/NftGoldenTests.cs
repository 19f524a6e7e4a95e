namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>Each golden is what nft lists of a table; our records say the same.</summary>
public class NftGoldenTests
{
    private static readonly Dictionary<string, NftContent> s_tables = new(StringComparer.Ordinal)
    {
        ["bridgenet.nft"] = BridgenetTable.Content,
        ["elements.nft"] = ElementsTable.Content,
        ["expressions.nft"] = ExpressionsTable.Content,
    };

    public static TheoryData<string> Goldens => [.. s_tables.Keys];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void What_we_write_nft_lists_as_in_the_golden(string golden)
    {
        using NftHost host = new();

        s_tables[golden].Create(host.Socket);

        host.List($"table {s_tables[golden].Table.Id}").Should().Be(NftHost.Golden(golden));
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void What_we_write_we_read_back(string golden)
    {
        using NftHost host = new();

        s_tables[golden].Create(host.Socket);

        NftContent.Read(host.Socket, s_tables[golden].Table.Id).ShouldBe(s_tables[golden]);
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void What_nft_loads_we_read_as_what_we_would_write(string golden)
    {
        using NftHost host = new();

        host.Load(NftHost.Golden(golden));

        NftContent.Read(host.Socket, s_tables[golden].Table.Id).ShouldBe(s_tables[golden]);
    }
}
