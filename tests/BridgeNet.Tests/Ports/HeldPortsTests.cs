using System.Net;

using BridgeNet.Native;

namespace BridgeNet.Tests.Ports;

/// <summary>What is held and let go, with descriptors of a file that stand for sockets.</summary>
public sealed class HeldPortsTests
{
    private readonly Dictionary<int, FileDescriptor> _opened = [];

    [Fact]
    public void Every_port_is_held_until_it_is_released()
    {
        using HeldPorts held = HeldPorts.Take([Port(1), Port(2), Port(3)], Hold);

        held.Release([Port(2), Port(9)]);

        Held().Should().Equal(1, 3);
        held.Dispose();
        Held().Should().BeEmpty();
    }

    [Fact]
    public void A_port_that_cannot_be_had_leaves_none_held()
    {
        Action take = () => HeldPorts.Take([Port(1), Port(2), Port(80)], Hold);

        take.Should().Throw<PortConflictException>().WithMessage("host port 0.0.0.0:80->1/tcp: another program has bound it*");
        _opened.Should().HaveCount(2);
        Held().Should().BeEmpty();
    }

    [Fact]
    public void What_is_added_in_vain_leaves_the_rest_held()
    {
        using HeldPorts held = HeldPorts.Take([Port(1)], Hold);

        FluentActions.Invoking(() => held.Add([Port(1), Port(2), Port(80)])).Should().Throw<PortConflictException>();

        Held().Should().Equal(1);
    }

    [Fact]
    public void A_released_port_is_held_again()
    {
        using HeldPorts held = HeldPorts.Take([Port(1)], Hold);
        held.Release([Port(1)]);

        held.Add([Port(1), Port(1)]);

        Held().Should().Equal(1);
    }

    [Theory]
    [InlineData(
        Errno.EMFILE, "RLIMIT_NOFILE: to hold 10000 ports takes as many open files, besides *: raise the limit (ulimit -n*), or publish without*")]
    [InlineData(Errno.ENFILE, "fs.file-max: to hold 10000 ports *")]
    public void More_ports_than_files_names_the_limit(Errno errno, string message)
    {
        Action take = () => HeldPorts.Take(
            Enumerable.Range(1, 10_000).Select(Port),
            (PublishedPort port, out Errno why) =>
            {
                if (port.HostPort < 70)
                {
                    return Hold(port, out why);
                }
                why = errno;
                return null;
            });

        take.Should().Throw<ConfigurationException>().WithMessage(message);
        Held().Should().BeEmpty();
    }

    [Fact]
    public void A_port_of_SCTP_is_held_by_nobody_where_the_kernel_has_none()
    {
        PublishedPort sctp = Port(1) with { Protocol = TransportProtocol.Sctp };

        using HeldPorts held = HeldPorts.Take([sctp], NoSctp);

        FluentActions.Invoking(() => held.Release([sctp])).Should().NotThrow();
    }

    [Fact]
    public void Nothing_is_held_after_the_end()
    {
        HeldPorts held = HeldPorts.Take([], Hold);
        held.Dispose();
        held.Dispose();

        FluentActions.Invoking(() => held.Add([Port(1)])).Should().Throw<ObjectDisposedException>();
    }

    private static PublishedPort Port(int number) => new(IPAddress.Any, number, 1, TransportProtocol.Tcp);

    private static FileDescriptor? NoSctp(PublishedPort port, out Errno errno)
    {
        errno = Errno.EPROTONOSUPPORT;
        return null;
    }

    private FileDescriptor? Hold(PublishedPort port, out Errno errno)
    {
        errno = port.HostPort == 80 ? Errno.EADDRINUSE : Errno.None;
        return errno is Errno.None ? _opened[port.HostPort] = Files.Open(directory: null, "/dev/null", OpenFlags.ReadOnly) : null;
    }

    private IEnumerable<int> Held() => _opened.Where(entry => !entry.Value.IsClosed).Select(entry => entry.Key).Order();
}
