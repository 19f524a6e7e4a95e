using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Root of its own namespace, who turns the knobs that a kernel's default keeps loopback addresses off the wire with.</summary>
internal static class Attacker
{
    /// <summary>Sends what is for 127.0.0.1 out by a link, to a neighbour.</summary>
    public static void SendLoopbackOut(Netns place, string device, string neighbour)
    {
        AllowLoopbackOn(place, device);
        place.RunOk($"ip -4 addr flush dev lo && ip route add 127.0.0.1/32 via {neighbour} dev {device}");
    }

    /// <summary>
    /// Sends a datagram "forged" from 127.0.0.5, then an honest one, and says whether the first came to the log of a service before the second.
    /// </summary>
    public static bool DeliversFromLoopback(Netns place, BackgroundProcess service, string address)
    {
        AllowLoopbackOn(place, "eth0");
        string honest = $"honest {Guid.NewGuid()}";
        place.RunOk($"echo forged | socat -u STDIN UDP4-SENDTO:{address},bind=127.0.0.5; echo {honest} | socat -u STDIN UDP4-SENDTO:{address}");
        service.Until(() => service.Output.Contains(honest, StringComparison.Ordinal), "the honest datagram");
        return service.Output.Contains("forged", StringComparison.Ordinal);
    }

    /// <summary>A service of the host's that logs each datagram.</summary>
    public static BackgroundProcess Log(Netns host, int port)
    {
        BackgroundProcess service = host.Start("socat", "-u", $"UDP4-RECV:{port}", "STDOUT");
        service.Until(() => host.Listens(System.Net.Sockets.ProtocolType.Udp, port), $"socat is bound to port {port}");
        return service;
    }

    private static void AllowLoopbackOn(Netns place, string device)
    {
        place.WriteSysctl("net.ipv4.conf.all.route_localnet", "1");
        place.WriteSysctl($"net.ipv4.conf.{device}.route_localnet", "1");
    }
}
