using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Tests.State;

public sealed class RecordStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordStore<NetworkState> _store;

    public RecordStoreTests() => _store = new RecordStore<NetworkState>(_directory.Path, NetworkFields.All, BridgeNet.Definitions.ObjectName.IsValid);

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_record_goes_from_intent_to_done_to_removing_to_nothing()
    {
        NetworkState record = Record("a");

        _store.WriteIntent("a", record);
        Phase("a").Should().Be(RecordPhase.Intent);
        _store.Commit("a");
        Phase("a").Should().Be(RecordPhase.Done);
        _store.Find("a", out _).Should().BeEquivalentTo(record);
        _store.BeginRemoval("a", RecordPhase.Done);
        Phase("a").Should().Be(RecordPhase.Removing);
        _store.Forget("a");
        _store.Find("a", out _).Should().BeNull();
        Directory.EnumerateFileSystemEntries(_directory.Path).Should().BeEmpty();
    }

    [Fact]
    public void An_intent_is_rewritten_in_place()
    {
        _store.WriteIntent("a", Record("a"));
        _store.WriteIntent("a", Record("a", mtu: 1400));

        _store.Find("a", out _)!.Definition.Mtu.Should().Be(1400);
    }

    [Fact]
    public void Nobody_reads_half_of_what_is_intended()
    {
        List<string> damages = [];
        bool done = false;
        Thread reader = new(() =>
        {
            while (!Volatile.Read(ref done))
            {
                foreach ((NetworkState record, _) in _store.All(damages))
                {
                    record.Name.Should().Be("a");
                }
            }
        });
        reader.Start();

        for (int round = 0; round < 5000; round++)
        {
            _store.WriteIntent("a", Record("a"));
            _store.Forget("a");
        }
        Volatile.Write(ref done, true);
        reader.Join();

        damages.Should().BeEmpty();
    }

    [Fact]
    public void A_draft_of_somebody_who_died_is_in_nobodys_way()
    {
        File.WriteAllText(Path.Combine(_directory.Path, "a.draft"), "{");

        _store.WriteIntent("a", Record("a"));

        _store.Find("a", out _).Should().BeEquivalentTo(Record("a"));
        _store.ListDrafts().Should().BeEmpty();
    }

    [Fact]
    public void A_replaced_record_leaves_no_draft()
    {
        _store.WriteIntent("a", Record("a"));
        _store.Commit("a");
        _store.Replace("a", Record("a", mtu: 9000));

        _store.Find("a", out RecordPhase phase)!.Definition.Mtu.Should().Be(9000);
        phase.Should().Be(RecordPhase.Done);
        Directory.GetFiles(_directory.Path).Should().ContainSingle();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"schem\\ud800a\":4}")] // found by fuzzing: half of a surrogate pair is no text
    [InlineData("{\"schema\":\"1\"}")]
    [InlineData("{\"name\":\"a\"}")]
    [InlineData("{\"name\":\"a\",\"id\":\"b\",\"device\":\"c\",\"subnet\":\"d\",\"gateway\":\"e\",\"typo\":1}")]
    public void A_file_that_is_no_record_is_named_in_the_error(string content)
    {
        File.WriteAllText($"{_directory.Path}/a.json", content);

        Action find = () => _store.Find("a", out _);

        find.Should().Throw<StateException>().WithMessage($"state {_directory.Path}/a.json: it is not a record*");
    }

    [Fact]
    public void Records_are_for_their_owner_alone()
    {
        _store.WriteIntent("a", Record("a"));

        File.GetUnixFileMode($"{_directory.Path}/a.intent").Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_list_names_every_record_once_with_its_phase()
    {
        _store.WriteIntent("b", Record("b"));
        _store.WriteIntent("a", Record("a"));
        _store.Commit("a");

        _store.List().Should().Equal(("a", RecordPhase.Done), ("b", RecordPhase.Intent));
    }

    private static NetworkState Record(string name, int? mtu = null) => new()
    {
        Id = "0123456789ab",
        Definition = new NetworkDefinition { Name = name, Device = InterfaceName.Parse("br0"), Mtu = mtu, Dns = true },
    };

    private RecordPhase Phase(string id)
    {
        _store.Find(id, out RecordPhase phase).Should().NotBeNull();
        return phase;
    }
}
