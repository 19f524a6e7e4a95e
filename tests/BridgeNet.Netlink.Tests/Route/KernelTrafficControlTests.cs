using System.Text.Json;
using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

/// <summary>Queueing disciplines and filters on the real kernel, with `tc -j` as the witness.</summary>
public sealed class KernelTrafficControlTests
{
    private static readonly TokenBucketKind s_bucket = new() { Rate = 1_000_000, Burst = 65_536, Limit = 102_400 };

    [Fact]
    public void A_token_bucket_is_what_was_asked_for() => Run((socket, veth, _) =>
    {
        socket.Batch().AddQdisc(Bucket(veth, s_bucket)).Execute();

        Root(socket, veth).Kind.Should().Be(s_bucket);
        JsonElement witness = Witness("tbf").GetProperty("options");
        witness.GetProperty("rate").GetInt64().Should().Be(1_000_000);
        witness.GetProperty("burst").GetInt64().Should().BeInRange(65_000, 65_536, "tc counts in microseconds");
        witness.GetProperty("lat").GetInt64().Should().BeInRange(36_800, 37_000, "that is how long the rest of the limit lasts, in microseconds");
    });

    [Fact]
    public void A_rate_beyond_32_bits_is_what_was_asked_for() => Run((socket, veth, _) =>
    {
        TokenBucketKind fast = new() { Rate = 12_500_000_000, Burst = 10_000_000, Limit = 20_000_000 };

        socket.Batch().AddQdisc(Bucket(veth, fast)).Execute();

        TokenBucketKind read = Root(socket, veth).Kind.Should().BeOfType<TokenBucketKind>().Which;
        read.Rate.Should().Be(fast.Rate);
        read.Limit.Should().Be(fast.Limit);
        ((double)read.Burst).Should().BeApproximately(fast.Burst, 1_000, "a tick has 800 bytes at that rate");
        Witness("tbf").GetProperty("options").GetProperty("rate").GetInt64().Should().Be(12_500_000_000);
    });

    [Fact]
    public void A_burst_that_is_given_as_a_time_is_what_counts() => Run((socket, veth, _) =>
    {
        socket.Batch().AddQdisc(Bucket(veth, s_bucket with { BurstTicks = 1_562_500 })).Execute(); // a tenth of a second

        Root(socket, veth).Kind.Should().Be(s_bucket with { Burst = 100_000 });
        Witness("tbf").GetProperty("options").GetProperty("burst").GetInt64().Should().Be(100_000);
    });

    [Fact]
    public void A_bucket_is_changed_where_it_is() => Run((socket, veth, _) =>
    {
        socket.Batch().AddQdisc(Bucket(veth, s_bucket)).Execute();
        TrafficHandle handle = Root(socket, veth).Handle;

        socket.Batch().ReplaceQdisc(Bucket(veth, s_bucket with { Rate = 2_000_000, Limit = 5_000_000 })).Execute();

        Qdisc read = Root(socket, veth);
        read.Handle.Should().Be(handle, "it is the same one");
        read.Kind.Should().BeOfType<TokenBucketKind>().Which.Should().Be(s_bucket with { Rate = 2_000_000, Limit = 5_000_000 });
    });

    [Fact]
    public void A_bucket_takes_the_place_of_another_kind_and_leaves_the_default_behind() => Run((socket, veth, _) =>
    {
        string before = NetworkSandbox.Tell("tc", "qdisc", "show");
        NetworkSandbox.Tell("tc", "qdisc", "add", "dev", "va", "root", "handle", "7:", "pfifo", "limit", "10");
        Qdisc taken = Bucket(veth, s_bucket) with { Handle = TrafficHandle.From(7, 0) };
        Action add = () => socket.Batch().AddQdisc(taken).Execute();

        add.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EEXIST);
        socket.DeleteQdisc(Bucket(veth, s_bucket)).Should().BeFalse("what is there is no token bucket");
        socket.Batch().ReplaceQdisc(Bucket(veth, s_bucket)).Execute();
        Root(socket, veth).Kind.Should().Be(s_bucket);
        socket.DeleteQdisc(Bucket(veth, s_bucket)).Should().BeTrue();

        NetworkSandbox.Tell("tc", "qdisc", "show").Should().Be(before);
        socket.DeleteQdisc(Bucket(veth, s_bucket)).Should().BeFalse("it is gone");
    });

    [Fact]
    public void Packets_that_come_in_are_redirected() => Run((socket, veth, ifb) =>
    {
        TrafficFilter redirect = new() { LinkIndex = veth, Priority = 100, RedirectTo = ifb };

        socket.Batch().AddQdisc(Qdisc.Ingress(veth)).AddFilter(redirect).Execute();

        TrafficFilter read = socket.ListFilters(veth, TrafficHandle.IngressFilters).Single(filter => filter.RedirectTo is not null);
        read.Should().Be(redirect with { Handle = read.Handle });
        string witness = NetworkSandbox.Tell("tc", "filter", "show", "dev", "va", "ingress");
        witness.Should().Contain("pref 100 u32").And.Contain("match 00000000/00000000 at 0").And.Contain("(Egress Redirect to device ifb7) stolen");
        Witness("ingress").GetProperty("handle").GetString().Should().Be("ffff:");
        socket.ListQdiscs(veth).Should().ContainEquivalentOf(Qdisc.Ingress(veth));
        socket.DeleteFilter(redirect).Should().BeTrue();
        socket.DeleteFilter(redirect).Should().BeFalse();
        NetworkSandbox.Tell("tc", "filter", "show", "dev", "va", "ingress").Should().BeEmpty();
        socket.DeleteQdisc(Qdisc.Ingress(veth)).Should().BeTrue();
        socket.DeleteQdisc(Qdisc.Ingress(veth)).Should().BeFalse();
        socket.DeleteFilter(redirect).Should().BeFalse("there is nothing that it could hang on");
        socket.ListFilters(veth, TrafficHandle.IngressFilters).Should().BeEmpty();
    });

    [Fact]
    public void Packets_are_redirected_by_somebody_elses_discipline_too() => Run((socket, veth, ifb) =>
    {
        NetworkSandbox.Tell("tc", "qdisc", "add", "dev", "va", "clsact");
        TrafficFilter redirect = new() { LinkIndex = veth, Priority = 100, RedirectTo = ifb };

        socket.Batch().AddFilter(redirect).Execute();

        NetworkSandbox.Tell("tc", "filter", "show", "dev", "va", "ingress").Should().Contain("(Egress Redirect to device ifb7) stolen");
        socket.ListFilters(veth, TrafficHandle.IngressFilters).Should().ContainSingle(filter => filter.RedirectTo == ifb);
        socket.DeleteQdisc(Qdisc.Ingress(veth)).Should().BeFalse("a clsact is not ours");
    });

    [Fact]
    public void The_target_of_a_redirection_that_is_gone_is_zero() => Run((socket, veth, ifb) =>
    {
        socket.Batch()
            .AddQdisc(Qdisc.Ingress(veth))
            .AddFilter(new TrafficFilter { LinkIndex = veth, Priority = 100, RedirectTo = ifb })
            .DeleteLink(LinkSelector.ByIndex(ifb))
            .Execute();

        socket.ListFilters(veth, TrafficHandle.IngressFilters).Should().ContainSingle(filter => filter.RedirectTo == 0);
    });

    [Fact]
    public void All_links_disciplines_are_listed() => Run((socket, veth, ifb) =>
    {
        socket.Batch().AddQdisc(Bucket(veth, s_bucket)).AddQdisc(Bucket(ifb, s_bucket)).Execute();

        socket.ListQdiscs().Where(qdisc => qdisc.Kind is TokenBucketKind).Select(qdisc => qdisc.LinkIndex).Should().BeEquivalentTo([veth, ifb]);
        socket.ListQdiscs(ifb).Should().OnlyContain(qdisc => qdisc.LinkIndex == ifb);
    });

    [Fact]
    public void A_kind_that_the_kernel_lacks_is_refused_in_its_words() => Run((socket, veth, _) =>
    {
        Action add = () => socket.Batch().AddQdisc(new Qdisc { LinkIndex = veth, Kind = new GenericQdiscKind("no_such") }).Execute();

        add.Should().Throw<NetlinkException>()
            .WithMessage($"add queueing discipline no_such at root of #{veth}: ENOENT*qdisc kind*unknown*")
            .Which.Errno.Should().Be(Errno.ENOENT);
    });

    private static Qdisc Bucket(int link, TokenBucketKind kind) => new() { LinkIndex = link, Kind = kind };

    private static Qdisc Root(RouteSocket socket, int link) => socket.ListQdiscs(link).Single(qdisc => qdisc.Parent == TrafficHandle.Root);

    private static JsonElement Witness(string kind)
    {
        using JsonDocument document = JsonDocument.Parse(NetworkSandbox.Tell("tc", "-j", "qdisc", "show", "dev", "va"));
        return document.RootElement.Clone().EnumerateArray().Single(qdisc => qdisc.GetProperty("kind").ValueEquals(kind));
    }

    /// <summary>With the indexes of an end of a veth pair, va, and of ifb7.</summary>
    private static void Run(Action<RouteSocket, int, int> test) => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        Link veth = new() { Name = InterfaceName.Parse("va"), Kind = new VethKind(), TxQueues = 1, RxQueues = 1, IsUp = true };
        Link ifb =
            new() { Name = InterfaceName.Parse("ifb7"), Kind = new IfbKind(), IsUp = true, Ipv6AddressGeneration = Ipv6AddressGeneration.None };
        int index = socket.Batch().CreateLink(veth).GetLink(LinkSelector.Of(veth)).Index;
        Link made = socket.Batch().CreateLink(ifb).GetLink(LinkSelector.Of(ifb));
        made.Kind.Should().Be(new IfbKind());
        made.IsUp.Should().BeTrue();
        test(socket, index, made.Index);
    });
}
