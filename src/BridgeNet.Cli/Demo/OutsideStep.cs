using System.Globalization;
using System.Net;
using System.Text;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Cli.Demo;

/// <summary>
/// The world outside: a namespace that has a route to the host and to nothing behind it. A download by the container succeeds only if the
/// host masquerades the container's address.
/// </summary>
internal static class OutsideStep
{
    private const int FileBytes = 100_000;

    private const int Port = 80;

    /// <summary>Networks that RFC 5737 reserves for documentation.</summary>
    private static readonly IPNetwork[] s_networks =
        [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24")];

    private static readonly InterfaceName s_hostLink = InterfaceName.Parse("demo-outside");

    /// <summary>Downloads a file from outside, and fetches the published page from there.</summary>
    /// <exception cref="DemoException">The file is not whole, or the server saw another address than the host's.</exception>
    public static void Take(DemoScene scene, NetworkNamespace sandbox, int publishedPort)
    {
        byte[] network = Array.Find(s_networks, scene.View.IsFree) is { PrefixLength: > 0 } free
            ? free.BaseAddress.GetAddressBytes()
            : throw new DemoException("the host has routes to all networks for documentation: try unshare -n bridgenet demo");
        IPAddress host = new([.. network[..3], 1]), server = new([.. network[..3], 2]);
        NetworkNamespace outside = scene.CreateNamespace();
        Connect(scene, outside, host, server);
        _ = scene.Undoing.Own(new TinyWebServer(outside, Port, ComposeFile));

        HttpAnswer file = TinyWebClient.Get(sandbox, new IPEndPoint(server, Port), server.ToString());
        string seen = file.Text.Split('\n')[0];
        if (file.Body.Length != FileBytes || !string.Equals(seen, host.ToString(), StringComparison.Ordinal))
        {
            throw new DemoException($"the server outside sent {file.Body.Length} bytes to {seen}, where {FileBytes} to {host} were to be");
        }
        scene.Narrator.Tick($"download from inside: {server}, a world outside, sent {FileBytes} bytes; it saw {seen}, the host's address");

        string published = $"{host}:{publishedPort.ToString(CultureInfo.InvariantCulture)}";
        _ = PublishStep.Fetch(outside, new IPEndPoint(host, publishedPort), published);
        scene.Narrator.Tick($"visit from outside: http://{published} shows the same page to {server}");
    }

    private static void Connect(DemoScene scene, NetworkNamespace outside, IPAddress host, IPAddress server)
    {
        RouteSocket route = scene.View.Route;
        InterfaceName inside = InterfaceName.Parse("eth0");
        Link link = route.Batch()
            .CreateLink(new Link
            {
                Name = s_hostLink,
                Kind = new VethKind { Peer = new VethPeer { Name = inside, NetworkNamespace = outside.Descriptor } },
                IsUp = true,
            })
            .GetLink(LinkSelector.ByName(s_hostLink));
        scene.Undoing.Add($"link {s_hostLink}", () => route.DeleteLink(LinkSelector.ByIndex(link.Index)));
        route.Batch().AddAddress(AddressOf(link, host)).Execute();

        using RouteSocket there = outside.Run(RouteSocket.Open);
        Link end = there.GetLink(LinkSelector.ByName(inside));
        there.Batch().AddAddress(AddressOf(end, server)).ChangeLink(LinkSelector.Of(end), new LinkChange { IsUp = true }).Execute();
    }

    private static LinkAddress AddressOf(Link link, IPAddress address) =>
        new() { LinkIndex = link.Index, Address = new InterfaceAddress(address, 24) };

    /// <summary>A file whose first line is the client's address.</summary>
    private static HttpAnswer ComposeFile(IPAddress client)
    {
        byte[] file = new byte[FileBytes];
        Array.Fill(file, (byte)'.');
        _ = Encoding.ASCII.GetBytes($"{client}\n", file);
        return new HttpAnswer("text/plain", file);
    }
}
