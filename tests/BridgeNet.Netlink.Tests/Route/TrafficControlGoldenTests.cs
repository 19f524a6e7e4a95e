using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

/// <summary>
/// Our requests against those that `tc` sends for the same wish (Goldens/Route/*.hex, the command on the first line).
/// Type, header and attributes must be the same; allowed to differ are sequence number, the acknowledgement flag, the
/// order of attributes and NLA_F_NESTED; what else differs is listed by the test.
/// </summary>
public sealed class TrafficControlGoldenTests
{
    private const int HeaderLength = 20;

    private const string RateTable = "2/2: ";

    private static readonly Dictionary<string, int> s_bucketNests = new(StringComparer.Ordinal) { ["2"] = 0 }; // TCA_OPTIONS

    private static readonly Dictionary<string, int> s_filterNests = new(StringComparer.Ordinal)
    {
        ["2"] = 0,       // TCA_OPTIONS
        ["2/7"] = 0,     // TCA_U32_ACT
        ["2/7/1"] = 0,   // the first action
        ["2/7/1/2"] = 0, // TCA_ACT_OPTIONS
    };

    private delegate RouteBatch Wish(RouteBatch batch);

    /// <summary>Of the struct the sizes of the rate table's cells differ, cell_log 3 and cell_align -1: we have no such table.</summary>
    [Fact]
    public void A_token_bucket_is_added_as_tc_does() => IsAsked(
        "add-tbf",
        batch => batch.AddQdisc(new Qdisc
        {
            LinkIndex = 20,
            Handle = TrafficHandle.From(1, 0),
            Kind = new TokenBucketKind { Rate = 1_000_000, Burst = 65_536, Limit = 102_400 },
        }),
        s_bucketNests,
        onlyTheirs: ["2/1: 03010000FFFF000040420F000000000000000000000000000090010000A00F0000000000"],
        onlyOurs: ["2/1: 000100000000000040420F000000000000000000000000000090010000A00F0000000000"]);

    /// <summary>
    /// Beside the cells the burst's time differs, which the kernel leaves unread where TCA_TBF_BURST is: `tc` takes the 32-bit rate for it.
    /// </summary>
    [Fact]
    public void A_rate_beyond_32_bits_replaces_another_as_tc_does() => IsAsked(
        "replace-tbf-64",
        batch => batch.ReplaceQdisc(new Qdisc
        {
            LinkIndex = 20,
            Kind = new TokenBucketKind { Rate = 5_000_000_000, Burst = 1_048_576, Limit = 2_097_152 },
        }),
        s_bucketNests,
        onlyTheirs: ["2/1: 03010000FFFF0000FFFFFFFF00000000000000000000000000002000E40E000000000000"],
        onlyOurs: ["2/1: 0001000000000000FFFFFFFF00000000000000000000000000002000CC0C000000000000"]);

    [Fact]
    public void An_ingress_is_added_as_tc_does() => IsAsked("add-ingress", batch => batch.AddQdisc(Qdisc.Ingress(20)), s_bucketNests);

    [Fact]
    public void An_ingress_is_deleted_as_tc_does() => IsAsked("delete-ingress", batch => batch.DeleteQdisc(Qdisc.Ingress(20)), s_bucketNests);

    /// <summary>`tc` names no kind: we delete nothing of another.</summary>
    [Fact]
    public void A_token_bucket_is_deleted_as_tc_does() => IsAsked(
        "delete-tbf",
        batch => batch.DeleteQdisc(new Qdisc { LinkIndex = 20, Kind = new TokenBucketKind { Rate = 1, Burst = 1, Limit = 1 } }),
        s_bucketNests,
        onlyTheirs: [],
        onlyOurs: ["1: 74626600"]);

    [Fact]
    public void Packets_are_redirected_as_tc_does() => IsAsked(
        "add-redirect", batch => batch.AddFilter(new TrafficFilter { LinkIndex = 20, Priority = 100, RedirectTo = 30 }), s_filterNests);

    [Fact]
    public void A_redirection_is_deleted_as_tc_does() => IsAsked(
        "delete-redirect", batch => batch.DeleteFilter(new TrafficFilter { LinkIndex = 20, Priority = 100 }), s_filterNests);

    private static void IsAsked(
        string golden, Wish wish, Dictionary<string, int> nests, string[]? onlyTheirs = null, string[]? onlyOurs = null)
    {
        using ScriptedKernel kernel = new ScriptedKernel().Answer(first => [Datagram.Of(Datagram.Acknowledgement(first))]);
        using RouteSocket socket = new(kernel);

        wish(socket.Batch()).Execute();

        NetlinkMessage ours = new(kernel.Sent.Should().ContainSingle().Which);
        NetlinkMessage theirs = new(HexFile.Read("Route", $"{golden}.hex"));
        ours.Type.Should().Be(theirs.Type);
        ours.Flags.Should().Be(theirs.Flags | NetlinkFlags.Acknowledge);
        Header(ours).Should().Be(Header(theirs));
        IReadOnlyList<string> ourTree = Tree(ours, nests);
        string[] theirTree = [.. Tree(theirs, nests).Where(line => !line.StartsWith(RateTable, StringComparison.Ordinal))];
        ourTree.Except(theirTree, StringComparer.Ordinal).Should().Equal(onlyOurs ?? []);
        theirTree.Except(ourTree, StringComparer.Ordinal).Should().Equal(onlyTheirs ?? []);
    }

    private static string Header(NetlinkMessage message) => Convert.ToHexString(message.Payload[..HeaderLength]);

    private static IReadOnlyList<string> Tree(NetlinkMessage message, Dictionary<string, int> nests) =>
        AttributeTree.Of(message.Payload[HeaderLength..], nests);
}
