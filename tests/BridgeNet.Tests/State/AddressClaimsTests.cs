using System.Collections.Concurrent;
using System.Net;

using BridgeNet.State;

namespace BridgeNet.Tests.State;

public sealed class AddressClaimsTests : IDisposable
{
    private static readonly IPAddress s_first = IPAddress.Parse("172.17.0.2");
    private static readonly IPAddress s_second = IPAddress.Parse("fd00::2");
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new();
    private readonly StateDirectory _state;
    private readonly AddressClaims _claims;

    public AddressClaimsTests()
    {
        _state = new StateDirectory(_directory.Path, _clock);
        _claims = _state.AddressesOf("net");
    }

    private string NotesPath => $"{_directory.Path}/addresses/net/.freed";

    public void Dispose()
    {
        _state.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("172.17.0.2")]
    [InlineData("fd00::2")]
    public void An_address_given_back_is_free_for_others_after_a_minute(string text)
    {
        IPAddress address = IPAddress.Parse(text);
        _claims.TryClaim(address, "one").Should().BeTrue();
        _claims.TryClaim(address, "two").Should().BeFalse();
        _claims.Release(address, "one");

        _clock.Advance(AddressClaims.Quarantine - s_moment);
        _claims.TryClaim(address, "two").Should().BeFalse();
        _claims.OwnerOf(address).Should().BeNull("who met the quarantine gave the claim back");
        _clock.Advance(s_moment);
        _claims.TryClaim(address, "two").Should().BeTrue();
        _claims.OwnerOf(address).Should().Be("two");
        Directory.EnumerateFileSystemEntries(NotesPath).Should().BeEmpty("its time is over");
    }

    [Fact]
    public void Who_asks_for_an_address_by_name_gets_it_out_of_quarantine_but_not_from_its_owner()
    {
        _claims.TryClaim(s_first, "one").Should().BeTrue();
        _claims.TryTake(s_first, "two").Should().BeFalse();
        _claims.Release(s_first, "one");

        _claims.TryTake(s_first, "two").Should().BeTrue();
        _claims.OwnerOf(s_first).Should().Be("two");
    }

    [Fact]
    public void The_quarantine_begins_anew_each_time_that_it_is_given_back()
    {
        GiveBackAfterUse(s_first);
        _clock.Advance(AddressClaims.Quarantine - s_moment);
        _claims.TryTake(s_first, "two").Should().BeTrue();
        _claims.Release(s_first, "two");

        _clock.Advance(AddressClaims.Quarantine - s_moment);
        _claims.TryClaim(s_first, "three").Should().BeFalse();
    }

    [Fact]
    public void What_was_never_used_is_free_at_once()
    {
        _claims.TryClaim(s_first, "one").Should().BeTrue();
        _claims.GiveBack(s_first, "two");
        _claims.OwnerOf(s_first).Should().Be("one", "only its owner gives it back");
        _claims.GiveBack(s_first, "one");

        _claims.TryClaim(s_first, "two").Should().BeTrue();
    }

    [Fact]
    public void Only_its_owner_gives_an_address_back()
    {
        _claims.TryClaim(s_first, "one").Should().BeTrue();

        _claims.Release(s_first, "two");

        _claims.OwnerOf(s_first).Should().Be("one");
        _claims.ListFreed().Should().BeEmpty();
    }

    [Fact]
    public void A_list_has_what_is_claimed_and_not_what_rests()
    {
        _claims.TryClaim(s_first, "one").Should().BeTrue();
        GiveBackAfterUse(s_second);

        _claims.List().Should().Equal((s_first, "one"));
        _claims.ListFreed().Should().Equal(s_second);
    }

    [Fact]
    public void The_longest_free_comes_first()
    {
        GiveBackAfterUse(s_second);
        _clock.Advance(s_moment);
        GiveBackAfterUse(s_first);

        _claims.ListFreed().Should().Equal(s_second, s_first);
    }

    [Fact]
    public void Notes_are_dropped_when_their_time_is_over()
    {
        GiveBackAfterUse(s_first);
        _clock.Advance(AddressClaims.Quarantine);
        GiveBackAfterUse(s_second);

        _claims.DropExpired();

        _claims.ListFreed().Should().Equal(s_second);
    }

    [Theory]
    [InlineData("9999999999")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    public void A_note_of_an_earlier_boot_or_without_a_time_holds_nobody_up(string note)
    {
        Directory.CreateDirectory(NotesPath);
        File.CreateSymbolicLink($"{NotesPath}/{s_first}", note);

        _claims.TryClaim(s_first, "one").Should().BeTrue();
    }

    [Fact]
    public void A_claim_that_its_process_left_while_giving_it_back_is_not_taken()
    {
        _claims.TryClaim(s_first, "one").Should().BeTrue();
        File.CreateSymbolicLink($"{NotesPath}/{s_first}", "1000000");

        _claims.TryTake(s_first, "two").Should().BeFalse();
        _claims.OwnerOf(s_first).Should().Be("one");
    }

    [Fact]
    public void A_network_that_is_forgotten_leaves_no_note_no_cursor_and_no_claim_of_the_dead()
    {
        _state.Hints.Note(StateDirectory.HintOf("net", "172.17.0.0/16"), "172.17.0.2");
        _state.Hints.Note(StateDirectory.HintOf("net", "fd00::/64"), "fd00::2");
        _state.Hints.Note(StateDirectory.HintOf("net2", "172.18.0.0/16"), "172.18.0.2");
        _claims.TryClaim(s_first, "0123456789ab").Should().BeTrue();
        GiveBackAfterUse(s_second);

        _state.ForgetNetwork("net");

        Directory.EnumerateFileSystemEntries($"{_directory.Path}/addresses").Should().BeEmpty();
        _state.Hints.List().Should().Equal("net2@172.18.0.0_16");
        _state.Locks.List().Should().BeEmpty();
    }

    [Fact]
    public void A_networks_folders_come_with_its_first_claim_and_go_with_it()
    {
        AddressClaims claims = _state.AddressesOf("other");

        claims.List().Should().BeEmpty();
        claims.ListFreed().Should().BeEmpty();
        Directory.Exists($"{_directory.Path}/addresses/other").Should().BeFalse();
        claims.TryClaim(s_first, "one").Should().BeTrue();
        Directory.Delete($"{_directory.Path}/addresses/other/.freed"); // who made the folder died before he made this one
        claims.Release(s_first, "one");

        claims.ListFreed().Should().Equal(s_first);
        claims.ForgetFreed();
        claims.RemoveFolders();
        Directory.Exists($"{_directory.Path}/addresses/other").Should().BeFalse();
        claims.TryClaim(s_first, "two").Should().BeTrue("a network of the same name may come again");
    }

    [Fact]
    public void The_kernels_clock_is_the_same_in_every_process()
    {
        using StateDirectory real = new($"{_directory.Path}/real");
        AddressClaims claims = real.AddressesOf("net");
        claims.TryClaim(s_first, "one").Should().BeTrue();
        claims.Release(s_first, "one");

        double noted = double.Parse(
            new FileInfo($"{_directory.Path}/real/addresses/net/.freed/{s_first}").LinkTarget!) / TimeProvider.System.TimestampFrequency;

        double sinceBoot = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0]);
        noted.Should().BeInRange(1, sinceBoot + 1, "the monotonic clock begins with the boot, and stands still while the host sleeps");
    }

    [Fact]
    public void Of_many_that_claim_and_release_at_once_each_has_its_address_alone_and_none_within_a_minute_of_another()
    {
        const int Claimants = 8;
        IPAddress[] pool = [.. Enumerable.Range(2, 5).Select(last => IPAddress.Parse($"10.0.0.{last}"))];
        ConcurrentDictionary<IPAddress, string> had = new();
        ConcurrentDictionary<IPAddress, long> freed = new();
        ConcurrentQueue<string> wrong = new();
        int claimed = 0;

        Together(Claimants, claimant =>
        {
            using StateDirectory state = new(_directory.Path, _clock); // descriptors of its own, as a process has
            AddressClaims claims = state.AddressesOf("net");
            for (int turn = 0; turn < 400; turn++)
            {
                string owner = $"{claimant}-{turn}";
                IPAddress address = pool[(turn + claimant) % pool.Length];
                _clock.Advance(TimeSpan.FromSeconds(2));
                if (!claims.TryClaim(address, owner))
                {
                    continue;
                }
                long now = _clock.GetTimestamp();
                Interlocked.Increment(ref claimed);
                if (!had.TryAdd(address, owner))
                {
                    wrong.Enqueue($"{address} is {owner}'s and {had[address]}'s");
                }
                if (freed.TryGetValue(address, out long then) && now - then < AddressClaims.Quarantine.TotalMilliseconds)
                {
                    wrong.Enqueue($"{address} was given after {now - then} ms");
                }
                freed[address] = _clock.GetTimestamp();
                had.TryRemove(address, out _);
                claims.Release(address, owner);
            }
        });

        wrong.Should().BeEmpty();
        claimed.Should().BeGreaterThan(pool.Length, "addresses went round");
    }

    private static void Together(int count, Action<int> body)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => body(number)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private void GiveBackAfterUse(IPAddress address)
    {
        _claims.TryClaim(address, "used").Should().BeTrue();
        _claims.Release(address, "used");
    }
}
