using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>
/// Something that cannot be, tried in a world with one endpoint "web" at 172.17.0.2 with port 8080, and another program at port 8081.
/// </summary>
/// <param name="What">It in words.</param>
/// <param name="Error">What is thrown.</param>
/// <param name="Message">What it says, with wildcards: it names the thing.</param>
/// <param name="Try">Does it.</param>
internal sealed record BadInput(string What, Type Error, string Message, Action<DriverWorld, Container> Try)
{
    public static IReadOnlyList<BadInput> All { get; } =
    [
        Bad<NetworkNotFoundException>("unknown network", "network nothing: there is none*", w => w.Driver.GetNetwork("nothing")),
        Bad<NetworkNotFoundException>("unknown network removed", "network nothing: there is none*", w => w.Driver.RemoveNetwork("nothing")),
        Bad<EndpointNotFoundException>("unknown endpoint", "endpoint nothing: there is none*", w => w.Driver.GetEndpoint("nothing")),
        Bad<EndpointNotFoundException>(
            "port of an unknown endpoint", "endpoint nothing: *", w => w.Driver.Publish("nothing", DriverWorld.Specs("1:1"))),
        Bad<EndpointNotFoundException>(
            "port of nothing taken back", "endpoint nothing: *", w => w.Driver.Unpublish("nothing", DriverWorld.Specs("1:1"))),
        Bad<NetworkInUseException>("network in use removed", "network bridge: it has endpoints (web)*", w => w.Driver.RemoveNetwork("bridge")),

        Define("subnet that is everything", "Subnet: 0.0.0.0/0 is every address*", d => d with { Subnets = [SubnetDefinition.Parse("0.0.0.0/0")] }),
        Define(
            "subnets that overlap",
            "Subnets: 10.9.0.0/25 overlaps 10.9.0.0/24",
            d => d with { Subnets = [d.Subnets[0], SubnetDefinition.Parse("10.9.0.0/25")] }),
        Define("subnet of link-local addresses", "Subnet: fe80::/80 overlaps*", d => d with { Subnets = [SubnetDefinition.Parse("fe80::/80")] }),
        Define<FormatException>(
            "subnet with bits behind its prefix",
            "*10.9.0.1/24' is not a subnet*",
            d => d with { Subnets = [SubnetDefinition.Parse("10.9.0.1/24")] }),
        Define("subnet of loopback addresses", "Subnet: 127.5.0.0/16 cannot be*", d => d with { Subnets = [SubnetDefinition.Parse("127.5.0.0/16")] }),
        Define("subnet of the gateway alone", "Subnet: 10.9.0.1/32 has no*", d => d with { Subnets = [SubnetDefinition.Parse("10.9.0.1/32")] }),
        Define("no family", "IPv4: *", d => d with { IPv4 = false, Subnets = [] }),
        Define("isolated but not internal", "IPv4Mode: *", d => d with { IPv4Mode = GatewayMode.Isolated }),
        Define(
            "gateway outside the subnet",
            "Gateway: 10.8.0.1: it is outside*",
            d => d with { Subnets = [d.Subnets[0] with { Gateway = IPAddress.Parse("10.8.0.1") }] }),
        Define(
            "gateway that is the network",
            "Gateway: 10.9.0.0: *",
            d => d with { Subnets = [d.Subnets[0] with { Gateway = IPAddress.Parse("10.9.0.0") }] }),
        Define("MTU too small", "Mtu: 67 is not in*", d => d with { Mtu = 67 }),
        Define("no device", "Device: *", d => d with { Device = default(InterfaceName) }),
        Define("network name with a slash", "network name: 'a/b' must be*", d => d with { Name = "a/b" }),
        Define("network name of 300", "network name: 'xxxxx*", d => d with { Name = new string('x', 300) }),
        Define<NetworkConflictException>(
            "network defined otherwise", "network bridge: it is there with device docker0*", d => d with { Name = "bridge" }),
        Define<NetworkConflictException>(
            "device of another network", "*network bridge has the device docker0*", d => d with { Device = InterfaceName.Parse("docker0") }),
        Define<NetworkConflictException>(
            "subnet of another network", "*network bridge has the subnet*", d => d with { Subnets = [SubnetDefinition.Parse("172.17.4.0/24")] }),
        Define<NetworkConflictException>(
            "device that is there", "*eth0 is there and was not made by it*", d => d with { Device = InterfaceName.Parse("eth0") }),
        Define<NetworkConflictException>(
            "device that is no bridge", "*eth0 is not a bridge*", d => d with { Device = InterfaceName.Parse("eth0"), Adopt = true }),

        Ask<AddressUnavailableException>(
            "address outside the subnet", "address 10.1.2.3: it is outside*", r => r with { IPv4Address = IPAddress.Parse("10.1.2.3") }),
        Ask<AddressUnavailableException>(
            "address of the gateway", "address 172.17.0.1: it is the gateway's*", r => r with { IPv4Address = IPAddress.Parse("172.17.0.1") }),
        Ask<AddressUnavailableException>(
            "broadcast address", "address 172.17.255.255: *", r => r with { IPv4Address = IPAddress.Parse("172.17.255.255") }),
        Ask<ConfigurationException>(
            "address of IPv6", "IPv4Address: fd00::2 is not of IPv4", r => r with { IPv4Address = IPAddress.Parse("fd00::2") }),
        Ask<AddressUnavailableException>(
            "address that is taken", "address 172.17.0.2: endpoint * has it*", r => r with { IPv4Address = IPAddress.Parse("172.17.0.2") }),
        Ask<ConfigurationException>("endpoint name with a slash", "endpoint name: 'a/b' must be*", r => r with { Name = "a/b" }),
        Ask<ConfigurationException>("endpoint name of 300", "endpoint name: 'xxxxx*", r => r with { Name = new string('x', 300) }),
        Ask<EndpointConflictException>("endpoint name that is taken", "endpoint web: the name is taken*", r => r with { Name = "web" }),
        Ask<ConfigurationException>(
            "MAC address of a group", "MacAddress: 01:00:5e:00:00:01*", r => r with { MacAddress = MacAddress.Parse("01:00:5e:00:00:01") }),
        Ask<EndpointConflictException>(
            "MAC address of a neighbour",
            "*has the MAC address 02:42:ac:11:00:02*choose another*",
            r => r with { MacAddress = MacAddress.Parse("02:42:ac:11:00:02") }),
        Ask<EndpointConflictException>(
            "MAC address of the bridge",
            "*the host's docker0 has the MAC address 02:42:ac:11:00:01*",
            r => r with { MacAddress = MacAddress.Parse("02:42:ac:11:00:01") }),
        Ask<ConfigurationException>(
            "gateway as a link-local address",
            "LinkLocalAddresses: 172.17.0.1/16: it is not of the link-local ranges*",
            r => r with { LinkLocalAddresses = [InterfaceAddress.Parse("172.17.0.1/16")] }),
        Ask<ConfigurationException>("kernel setting twice", "Sysctls: net.ipv4.conf.IFNAME.forwarding is given twice", r => r with
        {
            Sysctls = [KeyValuePair.Create("net.ipv4.conf.IFNAME.forwarding", "1"), KeyValuePair.Create("net.ipv4.conf.IFNAME.forwarding", "0")],
        }),
        Ask<ConfigurationException>("route twice", "Routes: 10.9.0.0/16 is given twice*", r => r with
        {
            Routes =
            [
                new StaticRoute(IPNetwork.Parse("10.9.0.0/16"), IPAddress.Parse("172.17.0.5")),
                new StaticRoute(IPNetwork.Parse("10.9.0.0/16"), IPAddress.Parse("172.17.0.6")),
            ],
        }),
        Ask<ConfigurationException>("route in the place of the default one", "Routes: 0.0.0.0/0 is the default route*DefaultRoute*", r => r with
        {
            Routes = [new StaticRoute(IPNetwork.Parse("0.0.0.0/0"), IPAddress.Parse("172.17.0.5"))],
        }),
        new(
            "endpoint name that is an id",
            typeof(EndpointConflictException),
            "endpoint *: it is the id of another endpoint*",
            (world, web) => world.Attach(new EndpointRequest { Name = web.Id })),
        Bad<NetworkConflictException>(
            "network name that is an id",
            "network *: it is the id of network bridge*",
            world => world.Driver.EnsureNetwork(new NetworkDefinition { Name = world.Network.Id })),
        new(
            "network that the container is on",
            typeof(EndpointConflictException),
            "endpoint *: the container is on network bridge as endpoint web*",
            (world, web) => DriverWorld.Attach(world.Network, web.Place)),
        new("container twice in a batch", typeof(ConfigurationException), "namespace: * is given twice*", (world, web) =>
        {
            using NetworkNamespace place = NetworkNamespace.Open(world.AddContainer().Path), again = NetworkNamespace.Open(place.Path);
            _ = world.Network.AttachMany((place, new EndpointRequest()), (again, new EndpointRequest()));
        }),
        Ask<EndpointConflictException>(
            "interface that is there", "*the interface lo is there in */run/netns/*", r => r with { InterfaceName = InterfaceName.Parse("lo") }),

        Publish<PortConflictException>("port that is published", "host port 0.0.0.0:8080->81/tcp: endpoint web has published it*", "8080:81"),
        Publish<PortConflictException>("port of another program", "host port 0.0.0.0:8081->81/tcp: another program has bound it*", "8081:81"),
        Publish<PortConflictException>("range with a port of another program", "host port 0.0.0.0:8081->91/tcp: another program*", "8079-8081:89-91"),
        Publish<PortConflictException>("range with a port that is published", "host port 0.0.0.0:8080->80/tcp: endpoint web*", "8079-8080:79-80"),
        Publish<PortConflictException>("port twice", "*it is asked for twice*", "9000:80", "9000:81"),
        Publish<PortConflictException>("choice without a free one", "*no port of 8080-8081 is free*", "8080-8081:80"),
        Publish<ConfigurationException>("host address of somebody else", "HostAddress: 192.0.2.77 is not*", "192.0.2.77:9000:80"),
        Publish<ConfigurationException>("host address of IPv6", "HostAddress: ::1 is of IPv6*", "[::1]:9000:80"),
        Publish<ConfigurationException>("more free ports than the host has", "port: 1-65535/udp: with it 65535 free udp ports*", "1-65535/udp"),
        Publish<FormatException>("port 0", "port '80:0': *", "80:0"),
        Publish<FormatException>("port 65536", "port '65536:80': *65536*", "65536:80"),
        Publish<FormatException>("ports reversed", "port '81-80:81-80': *reversed*", "81-80:81-80"),
        Publish<FormatException>("ports too many", "port '80-90:80-81': 11 host ports for 2*", "80-90:80-81"),

        Bad<FormatException>(
            "bad CIDR", "*", w => w.Driver.EnsureNetwork(NetworkDefinition.Docker0 with { Subnets = [SubnetDefinition.Parse("172.17.0.0/33")] })),
        Bad<FormatException>(
            "interface name over 15 bytes", "*", w => w.Attach(new EndpointRequest { InterfaceName = InterfaceName.Parse("eth0123456789abc") })),
        Bad<NamespaceException>("plain file", "network namespace /etc/hostname: it is not*", _ => NetworkNamespace.Open("/etc/hostname")),
        Bad<FormatException>(
            "interface name that counts",
            "interface name 'eth%d' holds '%'*",
            w => w.Attach(new EndpointRequest { InterfaceName = InterfaceName.Parse("eth%d") })),
        Bad<NamespaceException>("FIFO", "network namespace *fifo: it is not*", world =>
        {
            string fifo = Path.Combine(world.StateDirectory, "..", $"{Path.GetFileName(world.StateDirectory)}.fifo");
            world.Host.RunOk($"mkfifo {fifo}");
            try
            {
                NetworkNamespace.Open(fifo).Dispose();
            }
            finally
            {
                File.Delete(fifo);
            }
        }),
        Bad<NamespaceException>("missing path", "network namespace /run/netns/nobody: *", _ => NetworkNamespace.Find("nobody")),
        Bad<NamespaceException>("missing process", "network namespace /proc/*", _ => NetworkNamespace.Find("pid:4194304")),
        Bad<NamespaceException>("name with a way out", "*", _ => NetworkNamespace.CreateNamed("../x")),
        Bad<ConfigurationException>(
            "the host's own namespace", "namespace: */run/netns/* is the host's own*", w => DriverWorld.Attach(w.Network, w.Host)),
        Bad<ConfigurationException>(
            "port not published", "port: 9000:80/tcp is not published by endpoint web", w => w.Driver.Unpublish("web", DriverWorld.Specs("9000:80"))),
    ];

    private static BadInput Bad<T>(string what, string message, Action<DriverWorld> act) => new(what, typeof(T), message, (world, _) => act(world));

    private static BadInput Define(string what, string message, Func<NetworkDefinition, NetworkDefinition> change) =>
        Define<ConfigurationException>(what, message, change);

    private static BadInput Define<T>(string what, string message, Func<NetworkDefinition, NetworkDefinition> change)
    {
        NetworkDefinition good =
            new() { Name = "other", Device = InterfaceName.Parse("br-other"), Subnets = [SubnetDefinition.Parse("10.9.0.0/24")] };
        return Bad<T>(what, message, world => world.Driver.EnsureNetwork(change(good)));
    }

    /// <summary>In the namespace where "web" is already, so that the snapshot sees it.</summary>
    private static BadInput Ask<T>(string what, string message, Func<EndpointRequest, EndpointRequest> change) =>
        new(what, typeof(T), message, (world, web) => DriverWorld.Attach(world.Network, web.Place, change(DriverWorld.Publishing("9000:90"))));

    /// <summary>With a new endpoint; that a live one is refused the same is a test of its own.</summary>
    private static BadInput Publish<T>(string what, string message, params string[] ports) =>
        new(what, typeof(T), message, (world, web) => DriverWorld.Attach(world.Network, web.Place, DriverWorld.Publishing(ports)));
}
