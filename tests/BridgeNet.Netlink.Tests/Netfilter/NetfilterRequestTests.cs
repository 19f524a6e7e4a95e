using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>What errors call each request.</summary>
public class NetfilterRequestTests
{
    private delegate NftTransaction Change(NftTransaction transaction);

    private static readonly NftTableId s_id = new(NftFamily.Inet, "bridgenet");
    private static readonly NftChain s_forward = new() { Table = s_id, Name = "forward" };
    private static readonly NftSet s_bridges = new() { Table = s_id, Name = "bridges", KeyTypes = [NftType.InterfaceName] };
    private static readonly NftElement s_element = new() { Key = NftValue.Interface(InterfaceName.Parse("docker0")) };
    private static readonly NftCounter s_hits = new() { Table = s_id, Name = "hits" };

    private static readonly Dictionary<string, Change> s_changes = new(StringComparer.Ordinal)
    {
        ["add table inet bridgenet"] = transaction => transaction.AddTable(new NftTable { Id = s_id }),
        ["delete table inet bridgenet"] = transaction => transaction.DeleteTable(s_id),
        ["add chain inet bridgenet/forward"] = transaction => transaction.CreateChain(s_forward),
        ["flush chain inet bridgenet/forward"] = transaction => transaction.FlushChain(s_id, "forward"),
        ["delete chain inet bridgenet/forward"] = transaction => transaction.DeleteChain(s_id, "forward"),
        ["add rule inet bridgenet/forward"] = transaction => transaction.AddRule(s_forward.Rule().Drop()),
        ["replace rule inet bridgenet/forward handle 7"] = transaction => transaction.ReplaceRule(s_forward.Rule().Drop() with { Handle = 7 }),
        ["delete rule inet bridgenet/forward handle 7"] = transaction => transaction.DeleteRule(s_id, "forward", 7),
        ["add set inet bridgenet/bridges"] = transaction => transaction.AddSet(s_bridges),
        ["delete set inet bridgenet/bridges"] = transaction => transaction.DeleteSet(s_id, "bridges"),
        ["add 3 elements to inet bridgenet/bridges"] = transaction => transaction.AddElements(s_id, "bridges", [s_element, s_element, s_element]),
        ["delete 1 element of inet bridgenet/bridges"] = transaction => transaction.DeleteElements(s_id, "bridges", [s_element]),
        ["delete all elements of inet bridgenet/bridges"] = transaction => transaction.FlushSet(s_id, "bridges"),
        ["add object inet bridgenet/hits"] = transaction => transaction.AddObject(s_hits),
        ["delete object inet bridgenet/hits"] = transaction => transaction.DeleteObject(s_hits),
    };

    public static TheoryData<string> Texts => [.. s_changes.Keys];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_change_is_called_by_what_it_does_and_to_what(string text)
    {
        using ScriptedKernel kernel = new();
        using NetfilterSocket socket = new(kernel);

        FluentActions.Invoking(() => s_changes[text](socket.Transaction()).Commit()).Should().Throw<NetlinkException>(); // it does not answer

        List<string> requests = [];
        foreach (NetlinkMessage message in new NetlinkDatagram(kernel.Sent.Single()))
        {
            requests.Add(socket.Describe(message));
        }
        requests.Should().Equal("nf_tables transaction", text, "nf_tables transaction");
    }
}
