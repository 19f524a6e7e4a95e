using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Cli.Demo;

/// <summary>A web server in a network namespace of its own, attached to the network.</summary>
internal static class WebServerStep
{
    /// <summary>The port on which the server listens in its namespace.</summary>
    public const int Port = 80;

    /// <summary>The page's title, by which the demo recognizes the page.</summary>
    public const string Title = "It works: a web server in a network namespace of its own";

    /// <summary>Attaches a namespace, reads back what it has, and opens the server.</summary>
    /// <exception cref="DemoException">The kernel shows something other than expected.</exception>
    public static (NetworkNamespace Sandbox, Endpoint Endpoint) Take(DemoScene scene, Network network)
    {
        NetworkNamespace sandbox = scene.CreateNamespace();
        EndpointLease lease = scene.Undoing.Own(network.Attach(sandbox, new EndpointRequest { Name = NameFor(scene.Driver) }));
        Endpoint endpoint = lease.Endpoint;
        scene.Undoing.Add($"endpoint {endpoint.Name}", () => scene.Driver.Detach(endpoint.Id));

        using HostView inside = new(sandbox, seesTables: false);
        Link link = inside.Link(endpoint.InterfaceName);
        InterfaceAddress address = inside.Address(link);
        if (!link.IsUp || address != endpoint.IPv4Address)
        {
            throw new DemoException($"the kernel shows {link.Name} with {address}, where {endpoint.IPv4Address} was to be");
        }
        _ = scene.Undoing.Own(new TinyWebServer(sandbox, Port, client => Page(endpoint.IPv4Address!.Address, client)));
        scene.Narrator.Tick($"web server in a network namespace of its own: {link.Name} has {address} and {link.MacAddress}");
        return (sandbox, endpoint);
    }

    private static string NameFor(BridgeDriver driver) =>
        driver.FindEndpoint("web") is null ? "web" : $"web-{Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private static HttpAnswer Page(IPAddress server, IPAddress client) => HttpAnswer.Of(
        "text/html; charset=utf-8",
        $"""
        <!doctype html>
        <html lang="en">
        <title>{Title}</title>
        <style>body {"{"} font: 1.2em sans-serif; margin: 4em auto; max-width: 32em {"}"}</style>
        <h1>It works</h1>
        <p>This page comes from <b>{server}</b>, a web server in a network namespace of its own.</p>
        <p>It saw you come from <b>{client}</b>.</p>
        </html>

        """);
}
