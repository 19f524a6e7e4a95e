using System.Globalization;
using System.Net;

namespace BridgeNet.Cli.Demo;

/// <summary>The server's port at the host, and its page fetched from there.</summary>
internal static class PublishStep
{
    /// <summary>Publishes the port and fetches the page at localhost.</summary>
    /// <returns>The host's port.</returns>
    /// <exception cref="DemoException">The page is not what the server answers.</exception>
    public static int Take(DemoScene scene, Endpoint endpoint)
    {
        PublishedPort port = Publish(scene, endpoint).Ports[0];
        string host = $"localhost:{port.HostPort.ToString(CultureInfo.InvariantCulture)}";
        string title = Fetch(from: null, new IPEndPoint(IPAddress.Loopback, port.HostPort), host);
        scene.Narrator.Tick(
            $"published: http://{host} leads to {endpoint.IPv4Address?.Address}:{WebServerStep.Port} and shows its page: \"{title}\"");
        return port.HostPort;
    }

    /// <summary>Fetches the page.</summary>
    /// <returns>Its title.</returns>
    /// <exception cref="DemoException">The page is not what the server answers.</exception>
    public static string Fetch(NetworkNamespace? from, IPEndPoint server, string host)
    {
        string title = TitleOf(TinyWebClient.Get(from, server, host).Text);
        return string.Equals(title, WebServerStep.Title, StringComparison.Ordinal)
            ? title
            : throw new DemoException($"http://{host} shows another page: \"{title}\"");
    }

    private static Endpoint Publish(DemoScene scene, Endpoint endpoint)
    {
        PortSpec any = new() { ContainerPorts = PortRange.From(WebServerStep.Port, WebServerStep.Port) };
        try
        {
            return scene.Driver.Publish(endpoint.Id, any with { HostPorts = PortRange.From(scene.Options.Port, scene.Options.Port) });
        }
        catch (PortConflictException error)
        {
            scene.Narrator.Note($"{error.Message}; the demo takes any that is free");
            return scene.Driver.Publish(endpoint.Id, any);
        }
    }

    private static string TitleOf(string page)
    {
        const string Open = "<title>", Close = "</title>";
        int start = page.IndexOf(Open, StringComparison.Ordinal) + Open.Length, end = page.IndexOf(Close, StringComparison.Ordinal);
        return start < end ? page[start..end] : string.Empty;
    }
}
