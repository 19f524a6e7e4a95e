using System.Net;

using CsCheck;

using BridgeNet.Dns.Answers;
using BridgeNet.Dns.Names;
using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests.Answers;

public sealed class ResponderTests
{
    private const string Host = "192.0.2.1";
    private const string Web = "10.89.1.2";

    private static readonly NameSnapshot s_names = Snapshot(
        ("n1", "10.89.1.1,fd00:1::1\nc1 10.89.1.2 fd00:1::2 web,www,c1c1c1c1c1c1\nc2 10.89.1.3  db,www\nc3 10.89.1.4  a.b,dotted.example.com\n"),
        ("n2", "10.89.2.1\nc1 10.89.2.2  web\nc4 10.89.2.9  other\n"),
        ("n3%int", "10.89.3.1\nc5 10.89.3.2  quiet\nc2 10.89.3.3  db\n"));

    private readonly Responder _responder = new();

    [Theory]
    [InlineData("web", RecordType.A, Web, "10.89.1.2,10.89.2.2")] // it is on two networks
    [InlineData("WEB.dns.Podman", RecordType.A, Web, "10.89.1.2,10.89.2.2")]
    [InlineData("web", RecordType.A, "10.89.1.3", "10.89.1.2")] // another's networks count, not the container's own
    [InlineData("web", RecordType.Aaaa, Web, "fd00:1::2")]
    [InlineData("c1c1c1c1c1c1", RecordType.A, Web, "10.89.1.2")]
    [InlineData("www", RecordType.A, Web, "10.89.1.2,10.89.1.3")]
    [InlineData("web", RecordType.Any, "10.89.1.3", "10.89.1.2,fd00:1::2")]
    [InlineData("a.b", RecordType.A, Web, "10.89.1.4")]
    [InlineData("a.b.dns.podman", RecordType.A, Web, "10.89.1.4")]
    [InlineData("dotted.example.com", RecordType.A, Web, "10.89.1.4")]
    [InlineData("other", RecordType.A, Web, "10.89.2.9")]
    [InlineData("web", RecordType.A, Host, "10.89.1.2")] // a stranger at the gateway of n1
    [InlineData("db", RecordType.A, "10.89.3.2", "10.89.3.3")]
    public void A_container_s_name_has_its_addresses(string name, int type, string asker, string expected)
    {
        Reply reply = Ask(Questions.Of(name, (ushort)type), asker);

        reply.Code.Should().Be(ResponseCode.NoError);
        reply.Data.Should().BeEquivalentTo(expected.Split(','));
        reply.Authorities.Should().BeEmpty();
        reply.Has(HeaderFlags.Authoritative).Should().BeTrue();
    }

    [Theory]
    [InlineData("db", RecordType.Aaaa, ".", "an address of the other family")]
    [InlineData("web", 15, ".", "MX")]
    [InlineData("web.dns.podman", 16, "dns.podman.", "TXT")]
    [InlineData("web", 65, ".", "HTTPS")]
    [InlineData("b", RecordType.A, ".", "a name between a container's and the root")]
    [InlineData("b.dns.podman", RecordType.A, "dns.podman.", "the same in the zone")]
    [InlineData("dns.podman", RecordType.A, "dns.podman.", "the zone itself")]
    [InlineData("2.1.89.10.in-addr.arpa", RecordType.A, ".", "the name of an address")]
    public void What_exists_without_such_a_record_has_no_data(string name, int type, string zone, string what)
    {
        Reply reply = Ask(Questions.Of(name, (ushort)type));

        reply.Code.Should().Be(ResponseCode.NoError, what);
        reply.Answers.Should().BeEmpty();
        reply.Authorities.Should().Equal($"{zone} SOA dns.podman.");
    }

    [Theory]
    [InlineData("nope", ".", Web)]
    [InlineData("nope.dns.podman", "dns.podman.", Web)]
    [InlineData("x.web.dns.podman", "dns.podman.", Web)]
    [InlineData("other", ".", "10.89.1.3")] // a name of a network it is not on
    [InlineData("quiet", ".", Web)]
    [InlineData("www.example.org", ".", "10.89.3.2")] // internal networks only
    [InlineData("1.2.0.192.in-addr.arpa", ".", "10.89.3.2")]
    public void What_is_not_there_and_nobody_else_s_does_not_exist(string name, string zone, string asker)
    {
        Reply reply = Ask(Questions.Of(name), asker);

        reply.Code.Should().Be(ResponseCode.NonexistentDomain);
        reply.Authorities.Should().Equal($"{zone} SOA dns.podman.");
    }

    [Theory]
    [InlineData("www.example.org", Web)]
    [InlineData("", Web)] // the root
    [InlineData("example.com", Web)] // a container's name is below it, but it is not ours
    [InlineData("1.2.0.192.in-addr.arpa", Web)]
    [InlineData("x.web", Web)]
    [InlineData("www.example.org", "10.89.3.3")] // on an internal network and another
    [InlineData("www.example.org", Host)]
    public void The_rest_is_forwarded(string name, string asker) =>
        Answer(Questions.Of(name), asker, "10.89.1.1", isUdp: true, out _).Should().Be(Outcome.Forward);

    [Fact]
    public void Only_the_internal_network_s_names_are_told_to_strangers_at_its_gateway()
    {
        Answer(Questions.Of("www.example.org"), Host, "10.89.3.1", isUdp: true, out Reply? reply).Should().Be(Outcome.Answered);

        reply!.Code.Should().Be(ResponseCode.NonexistentDomain);
    }

    [Fact]
    public void The_name_of_an_address_is_each_name_of_the_container()
    {
        Reply reply = Ask(Questions.Of("2.1.89.10.in-addr.arpa", RecordType.Pointer));
        Reply reply6 = Ask(Questions.Of(
            "2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa", RecordType.Pointer));

        reply.Data.Should().Equal("web.", "www.", "c1c1c1c1c1c1.");
        reply6.Data.Should().Equal("web.", "www.", "c1c1c1c1c1c1.");
    }

    [Theory]
    [InlineData("123421000001000000000001 0377656200 0001 0001 0000290200000000000000", ResponseCode.NotImplemented, "NOTIFY")]
    [InlineData(
        "123401000002000000000001 0377656200 0001 0001 0264620000010001 0000290200000000000000", ResponseCode.FormatError, "two questions")]
    [InlineData(
        "123401000001000000000002 0377656200 0001 0001 0000290200000000000000 0000290200000000000000", ResponseCode.FormatError, "OPT twice")]
    [InlineData("123401000001000000000001 0377656200 0001 0001 01610000290200000000000000", ResponseCode.FormatError, "OPT with a name")]
    [InlineData("123401000001000000000001 0377656200 0001 0003 0000290200000000000000", ResponseCode.Refused, "class CH")]
    public void An_answer_to_a_message_with_OPT_has_OPT_whatever_the_answer_is(string hex, ushort code, string what)
    {
        Reply reply = Ask(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        (reply.Code, reply.Edns).Should().Be(((int)code, new Edns(AnswerWriter.OwnUdpSize, 0, 0, IsDnssecWanted: false)), what);
    }

    [Fact]
    public void Several_addresses_take_turns()
    {
        string[] first = [.. Enumerable.Range(0, 4).Select(_ => Ask(Questions.Of("www")).Data[0])];

        first[0].Should().Be(first[2]).And.NotBe(first[1]);
        first[1].Should().Be(first[3]);
    }

    [Fact]
    public void The_answer_repeats_the_question_s_spelling_and_its_RD_and_CD_but_not_AD()
    {
        byte[] question = Questions.Of("web", flags: HeaderFlags.RecursionDesired | HeaderFlags.AuthenticData | HeaderFlags.CheckingDisabled);
        question[MessageHeader.Size + 1] = (byte)'W';

        Reply reply = Ask(question);

        reply.Header.Id.Should().Be(Questions.Id);
        reply.Question.Should().Be("Web. 1");
        reply.Answers[0].Should().StartWith("Web. A ");
        reply.Has(HeaderFlags.Response).Should().BeTrue();
        reply.Has(HeaderFlags.RecursionDesired).Should().BeTrue();
        reply.Has(HeaderFlags.RecursionAvailable).Should().BeTrue();
        reply.Has(HeaderFlags.CheckingDisabled).Should().BeTrue();
        reply.Has(HeaderFlags.AuthenticData).Should().BeFalse();
    }

    [Fact]
    public void A_question_with_EDNS_has_an_answer_with_it()
    {
        Reply reply = Ask(Questions.Of("web", edns: new Edns(4096, 0, 0, IsDnssecWanted: true)));

        reply.Edns.Should().Be(new Edns(1232, 0, 0, IsDnssecWanted: true));
        Ask(Questions.Of("web")).Edns.Should().BeNull();
    }

    [Fact]
    public void Another_version_of_EDNS_is_BADVERS()
    {
        Reply reply = Ask(Questions.Of("web", edns: new Edns(4096, 0, 1, IsDnssecWanted: false)));

        reply.Code.Should().Be(ResponseCode.BadVersion);
        reply.Edns!.Value.Version.Should().Be(0);
        reply.Answers.Should().BeEmpty();
    }

    [Theory]
    [InlineData(3, RecordType.A)] // CH
    [InlineData(1, 252)] // AXFR
    [InlineData(1, RecordType.Options)]
    public void Other_classes_and_meta_types_are_refused(int @class, int type) =>
        Ask(Questions.Of("web", (ushort)type, @class: (ushort)@class)).Code.Should().Be(ResponseCode.Refused);

    [Fact]
    public void An_answer_is_never_answered() =>
        Answer(Questions.Of("web", flags: HeaderFlags.Response), Web, "10.89.1.1", isUdp: true, out _).Should().Be(Outcome.Silence);

    [Fact]
    public void NOTIFY_is_not_implemented() => Ask(Questions.Of("web", flags: 0x2000)).Code.Should().Be(ResponseCode.NotImplemented);

    [Theory]
    [InlineData(null, true, 30)]
    [InlineData(512, true, 30)]
    [InlineData(1232, true, 75)]
    [InlineData(4096, true, 120)]
    [InlineData(null, false, 120)]
    public void An_answer_is_cut_to_the_question_s_size(int? size, bool isUdp, int expected)
    {
        NameSnapshot names = Snapshot(("n", "10.89.1.1\n" + string.Concat(Enumerable.Range(2, 120).Select(i => $"c{i} 10.89.1.{i}  all\n"))));
        byte[] question = Questions.Of("all", edns: size is { } udp ? new Edns((ushort)udp, 0, 0, IsDnssecWanted: false) : null);

        Answer(names, question, "10.89.1.2", "10.89.1.1", isUdp, out Reply? reply);

        reply!.Answers.Should().HaveCount(expected);
        reply.Has(HeaderFlags.Truncated).Should().Be(expected < 120);
        reply.Bytes.Length.Should().BeLessThanOrEqualTo(isUdp ? size ?? 512 : 65535);
    }

    [Fact]
    public void A_name_that_only_seems_to_be_an_address_is_answered() // found by fuzzing
    {
        byte[] message = Convert.FromHexString(
            "12340100000100000000000001321f000000b9023100382e3803776400ff00ff3007696e2d61646472046172706100000c0001");

        Answer(message, Web, "10.89.1.1", isUdp: true, out _).Should().NotBe(Outcome.Silence);
    }

    [Fact]
    public void Any_bytes_get_an_answer_that_can_be_read_or_none() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Answer(s_names, bytes, Web, "10.89.1.1", isUdp: true, out _) != Outcome.Forward || bytes.Length > 12);

    [Fact]
    public void Any_question_gets_an_answer_that_can_be_read() =>
        Gen.Select(DnsGens.Name, Gen.UShort, Gen.UShort[0, 4]).Sample((name, type, flags) =>
        {
            byte[] message = [.. Questions.Of("")[..12], .. name, (byte)(type >> 8), (byte)type, 0, 1];
            message[3] |= (byte)flags;

            Answer(s_names, message, Web, "10.89.1.1", isUdp: true, out Reply? reply);

            (reply is null || reply.Header.Id == Questions.Id).Should().BeTrue();
        });

    [Fact]
    public void An_own_name_costs_no_allocation()
    {
        byte[] question = Questions.Of("www.dns.podman", edns: new Edns(1232, 0, 0, IsDnssecWanted: false)), buffer = new byte[4096];
        HostAddress source = HostAddress.Of(IPAddress.Parse(Web)), gateway = HostAddress.Of(IPAddress.Parse("10.89.1.1"));
        for (int i = 0; i < 100; i++)
        {
            _ = _responder.Answer(s_names, question, source, gateway, isUdp: true, buffer, out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _ = _responder.Answer(s_names, question, source, gateway, isUdp: true, buffer, out _);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static NameSnapshot Snapshot(params (string Name, string Text)[] files) => new([.. files.Select(file =>
    {
        NetworkFile.TryParse(file.Name, file.Text, out NetworkFile? parsed, out string? reason).Should().BeTrue(reason);
        return parsed!;
    })]);

    private Reply Ask(byte[] question, string asker = Web)
    {
        string gateway = asker.StartsWith("10.89.3.", StringComparison.Ordinal) ? "10.89.3.1" : "10.89.1.1";
        Answer(question, asker, gateway, isUdp: true, out Reply? reply).Should().Be(Outcome.Answered);
        return reply!;
    }

    private Outcome Answer(byte[] question, string asker, string gateway, bool isUdp, out Reply? reply) =>
        Answer(s_names, question, asker, gateway, isUdp, out reply);

    private Outcome Answer(NameSnapshot names, byte[] question, string asker, string gateway, bool isUdp, out Reply? reply)
    {
        byte[] buffer = new byte[isUdp ? 4096 : 65535];
        Outcome outcome = _responder.Answer(
            names, question, HostAddress.Of(IPAddress.Parse(asker)), HostAddress.Of(IPAddress.Parse(gateway)), isUdp, buffer, out int length);
        reply = outcome == Outcome.Answered ? new Reply(buffer.AsSpan(0, length)) : null;
        return outcome;
    }
}
