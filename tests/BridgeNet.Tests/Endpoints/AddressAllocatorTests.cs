using System.Collections.Concurrent;
using System.Net;

using BridgeNet.Endpoints;
using BridgeNet.State;
using BridgeNet.Tests.State;

namespace BridgeNet.Tests.Endpoints;

public sealed class AddressAllocatorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new();
    private readonly StateDirectory _state;
    private readonly AddressAllocator _allocator;

    public AddressAllocatorTests()
    {
        _state = new StateDirectory(_directory.Path, _clock);
        _allocator = new AddressAllocator(_state);
    }

    public void Dispose()
    {
        _state.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Addresses_come_in_their_order_and_go_on_where_another_process_stopped()
    {
        AddressPool pool = Pool("10.0.0.0/24", "10.0.0.1");
        Claim("one", [pool]).Should().Be("10.0.0.2");

        using StateDirectory other = new(_directory.Path, _clock);
        new AddressAllocator(other).Claim("two", "net", [pool], wanted: null).Address.ToString().Should().Be("10.0.0.3");
        _allocator.Release("one", "net", IPAddress.Parse("10.0.0.2"));

        Claim("three", [pool]).Should().Be("10.0.0.4");
    }

    [Fact]
    public void The_next_subnet_is_used_when_the_one_before_is_full()
    {
        AddressPool[] pools = [Pool("10.0.0.0/30", "10.0.0.1"), Pool("10.0.1.0/30", "10.0.1.1")];

        Claim("one", pools).Should().Be("10.0.0.2");
        (IPAddress address, AddressPool pool) = _allocator.Claim("two", "net", pools, wanted: null);
        address.ToString().Should().Be("10.0.1.2");
        pool.Should().BeSameAs(pools[1]);
        FluentActions.Invoking(() => Claim("three", pools)).Should().Throw<AddressPoolExhaustedException>()
            .WithMessage("network net: all addresses of 10.0.0.0/30 and 10.0.1.0/30 are taken: *")
            .Which.Subnets.Should().Equal(pools.Select(full => full.Subnet));
    }

    [Fact]
    public void Addresses_in_quarantine_come_last_the_longest_free_first()
    {
        AddressPool[] pools = [Pool("10.0.0.0/29", "10.0.0.1")];
        string[] all = [.. Enumerable.Range(0, 5).Select(number => Claim($"{number}", pools))];
        Free("3", all[3]);
        Free("1", all[1]);
        _clock.Advance(AddressClaims.Quarantine);
        Free("2", all[2]);
        Free("0", all[0]);

        string[] again = [.. Enumerable.Range(5, 4).Select(number => Claim($"{number}", pools))];

        again.Should().Equal("10.0.0.3", "10.0.0.5", "10.0.0.4", "10.0.0.2");
        FluentActions.Invoking(() => Claim("9", pools)).Should().Throw<AddressPoolExhaustedException>();
    }

    [Fact]
    public void What_is_freed_outside_the_range_is_not_handed_out()
    {
        AddressPool[] pools = [new(IPNetwork.Parse("10.0.0.0/24"), IPAddress.Parse("10.0.0.1"), IPNetwork.Parse("10.0.0.8/32"))];
        _allocator.Claim("one", "net", pools, IPAddress.Parse("10.0.0.200")).Address.ToString().Should().Be("10.0.0.200");
        Free("one", "10.0.0.200");
        Claim("two", pools).Should().Be("10.0.0.8");

        FluentActions.Invoking(() => Claim("three", pools)).Should().Throw<AddressPoolExhaustedException>();
    }

    [Fact]
    public void An_address_asked_for_picks_the_subnet_that_it_is_in()
    {
        AddressPool[] pools = [Pool("fd00::/64", "fd00::1"), Pool("fd00:1::/64", "fd00:1::1")];

        (IPAddress address, AddressPool pool) = _allocator.Claim("one", "net", pools, IPAddress.Parse("fd00:1::7"));

        address.ToString().Should().Be("fd00:1::7");
        pool.Should().BeSameAs(pools[1]);
    }

    [Theory]
    [InlineData("10.0.0.1", "address 10.0.0.1: it is the gateway's")]
    [InlineData("10.0.0.2", "address 10.0.0.2: endpoint one has it: choose another, or detach that one")]
    [InlineData("10.9.0.1", "address 10.9.0.1: it is outside the subnets 10.0.0.0/24 and 10.0.1.0/24")]
    [InlineData("fd00::1", "address fd00::1: it is outside the subnets 10.0.0.0/24 and 10.0.1.0/24")]
    public void An_address_that_cannot_be_had_is_refused_with_the_reason(string wanted, string message)
    {
        AddressPool[] pools = [Pool("10.0.0.0/24", "10.0.0.1"), Pool("10.0.1.0/24", "10.0.1.1")];
        Claim("one", pools);

        Action claim = () => _allocator.Claim("two", "net", pools, IPAddress.Parse(wanted));

        claim.Should().Throw<AddressUnavailableException>().WithMessage(message);
    }

    [Fact]
    public void An_address_that_was_never_used_is_the_next_ones_when_there_is_no_other()
    {
        AddressPool[] pools = [Pool("10.0.0.0/30", "10.0.0.1")];
        Claim("one", pools);
        _allocator.GiveBack("one", "net", IPAddress.Parse("10.0.0.2"));

        Claim("two", pools).Should().Be("10.0.0.2");
        Directory.EnumerateFileSystemEntries($"{_directory.Path}/addresses/net/.freed").Should().BeEmpty();
    }

    [Fact]
    public void As_many_as_there_are_addresses_each_always_get_one_of_their_own_however_often_they_come_and_go()
    {
        AddressPool[] pools = [Pool("10.0.0.0/29", "10.0.0.1")];
        ConcurrentDictionary<IPAddress, string> had = new();
        ConcurrentQueue<string> wrong = new();
        Thread[] threads = [.. Enumerable.Range(0, (int)pools[0].Count).Select(number => new Thread(() => ComeAndGo(number, pools, had, wrong)))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        wrong.Should().BeEmpty();
        AddressClaims claims = _state.AddressesOf("net");
        claims.List().Should().BeEmpty();
    }

    private void ComeAndGo(int number, AddressPool[] pools, ConcurrentDictionary<IPAddress, string> had, ConcurrentQueue<string> wrong)
    {
        using StateDirectory state = new(_directory.Path, _clock); // descriptors of its own, as a process has
        AddressAllocator allocator = new(state);
        for (int turn = 0; turn < 150; turn++)
        {
            string owner = $"{number}-{turn}";
            try
            {
                IPAddress address = allocator.Claim(owner, "net", pools, wanted: null).Address;
                if (!had.TryAdd(address, owner))
                {
                    wrong.Enqueue($"{address} is {owner}'s and {had[address]}'s");
                }
                had.TryRemove(address, out _);
                allocator.Release(owner, "net", address);
            }
            catch (AddressPoolExhaustedException error)
            {
                wrong.Enqueue(error.Message);
            }
        }
    }

    private static AddressPool Pool(string subnet, string gateway) => new(IPNetwork.Parse(subnet), IPAddress.Parse(gateway));

    private string Claim(string owner, AddressPool[] pools) => _allocator.Claim(owner, "net", pools, wanted: null).Address.ToString();

    private void Free(string owner, string address)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _allocator.Release(owner, "net", IPAddress.Parse(address));
    }
}
