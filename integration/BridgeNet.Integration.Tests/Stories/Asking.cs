using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>The short questions that stories ask of the network.</summary>
internal static class Asking
{
    /// <summary>How long a door is tried that is to be closed: some hundred times what an open one takes.</summary>
    public static readonly TimeSpan Briefly = TimeSpan.FromSeconds(0.4);

    /// <summary>How long a door is tried: all the time it wants if it is to be open.</summary>
    public static TimeSpan Patience(bool isOpen) => isOpen ? Eventually.Soon : Briefly;

    /// <summary>The page at an address, by a plain HttpClient.</summary>
    public static async Task<string> GetAsync(this Netns place, string url)
    {
        using HttpClient client = HttpFrom.Client(place);
        return await client.GetStringAsync(url);
    }

    /// <summary>The page of a server that somebody else has just started.</summary>
    public static Task<string> GetOnceServedAsync(this Netns place, string url)
    {
        Eventually.Until(() => place.Curl(url).ExitCode == 0, $"{url} answers");
        return place.GetAsync(url);
    }

    /// <summary>Whether "ADDRESS:PORT" answers to TCP; a door that is to be open is given all the time it wants.</summary>
    public static Task<bool> ReachesAsync(this Netns place, string address, TimeSpan? patience = null) =>
        place.CanConnectAsync(IPEndPoint.Parse(address), patience ?? Eventually.Soon);

    /// <summary>Whether "ADDRESS:PORT" is closed to TCP.</summary>
    public static async Task<bool> IsShutOutOfAsync(this Netns place, string address) => !await place.ReachesAsync(address, Briefly);

    /// <summary>Whether a program could bind a TCP port at every IPv4 address.</summary>
    public static bool HasFree(this Netns place, int port)
    {
        using Socket socket = place.OpenSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>What the UDP echo at "ADDRESS:PORT" answers; null if nothing.</summary>
    public static Task<string?> AskUdpAsync(this Netns place, string address, TimeSpan? patience = null) =>
        UdpEcho.AskAsync(place, IPEndPoint.Parse(address), "who am I", patience);

    /// <summary>A service of its own at an address, which echoes what it hears over TCP.</summary>
    public static BackgroundProcess ServeTcp(this Netns place, string address, int port)
    {
        string listen = address.Contains(':', StringComparison.Ordinal)
            ? $"TCP6-LISTEN:{port},bind=[{address}],ipv6only=0,reuseaddr,fork"
            : $"TCP4-LISTEN:{port},bind={address},reuseaddr,fork";
        BackgroundProcess service = place.Start("socat", listen, "PIPE");
        service.Until(() => place.Listens(ProtocolType.Tcp, port), $"socat listens at {address}:{port}");
        return service;
    }
}
