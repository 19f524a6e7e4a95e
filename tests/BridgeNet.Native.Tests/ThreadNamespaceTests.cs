namespace BridgeNet.Native;

public sealed class ThreadNamespaceTests
{
    [Fact]
    public void Unshare_moves_only_the_calling_thread()
    {
        FileIdentity before = Current();
        FileIdentity inside = default;

        OwnThread.Run(() =>
        {
            ThreadNamespace.UnshareNetwork();
            inside = Current();
        });

        inside.Should().NotBe(before);
        Current().Should().Be(before);
    }

    [Fact]
    public void A_namespace_is_entered_by_its_descriptor_and_outlives_the_thread_that_made_it()
    {
        using FileDescriptor sandbox = NewNamespace();
        FileIdentity inside = default;

        OwnThread.Run(() =>
        {
            ThreadNamespace.Enter(sandbox);
            inside = Current();
        });

        inside.Should().Be(Files.Identify(sandbox)).And.NotBe(Current());
    }

    [Fact]
    public void A_new_namespace_sees_nothing_but_its_loopback()
    {
        string[] links = [];

        OwnThread.Run(() =>
        {
            ThreadNamespace.UnshareNetwork();
            links = [.. File.ReadLines("/proc/thread-self/net/dev").Skip(2).Select(line => line.Split(':')[0].Trim())];
        });

        links.Should().Contain("lo").And.NotContain("eth0");
    }

    [Theory]
    [InlineData("/proc/self/ns/net", true)]
    [InlineData("/proc/self/ns/uts", false)]
    [InlineData("/proc/self/comm", false)]
    [InlineData("/", false)]
    public void Only_a_network_namespace_is_one(string path, bool expected)
    {
        using FileDescriptor file = Files.Open(directory: null, path, OpenFlags.ReadOnly);

        ThreadNamespace.IsNetworkNamespace(file).Should().Be(expected);
    }

    [Theory]
    [InlineData("/proc/self/ns/uts")]
    [InlineData("/proc/self/comm")]
    public void What_is_no_network_namespace_is_not_entered(string path)
    {
        using FileDescriptor file = Files.Open(directory: null, path, OpenFlags.ReadOnly);

        FluentActions.Invoking(() => OwnThread.Run(() => ThreadNamespace.Enter(file)))
            .Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void A_socket_is_opened_abroad_by_a_thread_that_is_back_at_once()
    {
        using FileDescriptor sandbox = NewNamespace();
        FileIdentity home = Current();

        using FileDescriptor socket = NetlinkDescriptor.TryOpenIn(sandbox, NetlinkProtocol.Route)!;

        Current().Should().Be(home);
        using FileDescriptor there = IoctlNamespaceOf(socket);
        Files.Identify(there).Should().Be(Files.Identify(sandbox));
    }

    [Fact]
    public void What_is_no_network_namespace_opens_no_socket_and_moves_nobody()
    {
        using FileDescriptor file = Files.Open(directory: null, "/proc/self/ns/uts", OpenFlags.ReadOnly);
        FileIdentity home = Current();

        NetlinkDescriptor.TryOpenIn(file, NetlinkProtocol.Route).Should().BeNull();
        Files.TryOpenIn(file, OpenFlags.ReadOnly, "/proc/sys/net/ipv4/conf/lo/arp_notify").Should().Equal([null]);

        Current().Should().Be(home);
    }

    [Fact]
    public void Settings_are_opened_abroad_by_a_thread_that_is_back_at_once()
    {
        const string Setting = "/proc/sys/net/ipv4/conf/lo/arp_notify";
        using FileDescriptor sandbox = NewNamespace();
        FileIdentity home = Current();
        string before = File.ReadAllText(Setting);
        string there = string.Empty;

        FileDescriptor?[] files = Files.TryOpenIn(sandbox, OpenFlags.WriteOnly, Setting, "/proc/sys/net/none");
        using (FileDescriptor file = files[0]!)
        {
            Files.Write(file, "1"u8);
        }

        Current().Should().Be(home);
        files[1].Should().BeNull();
        File.ReadAllText(Setting).Should().Be(before);
        OwnThread.Run(() =>
        {
            ThreadNamespace.Enter(sandbox);
            there = File.ReadAllText(Setting);
        });
        there.Should().Be("1\n");
    }

    /// <summary>The namespace of a socket, by SIOCGSKNS of linux/sockios.h.</summary>
    private static unsafe FileDescriptor IoctlNamespaceOf(FileDescriptor socket)
    {
        const int SocketNamespace = 0x894C;
        int descriptor = Tmds.Linux.LibC.ioctl(socket.Value, SocketNamespace);
        return descriptor >= 0 ? new FileDescriptor(descriptor) : throw new InvalidOperationException("SIOCGSKNS failed");
    }

    private static FileDescriptor NewNamespace()
    {
        FileDescriptor? created = null;
        OwnThread.Run(() =>
        {
            ThreadNamespace.UnshareNetwork();
            created = Files.Open(directory: null, ThreadNamespace.CurrentPath, OpenFlags.ReadOnly);
        });
        return created!;
    }

    private static FileIdentity Current()
    {
        using FileDescriptor current = Files.Open(directory: null, ThreadNamespace.CurrentPath, OpenFlags.ReadOnly);
        return Files.Identify(current);
    }
}
