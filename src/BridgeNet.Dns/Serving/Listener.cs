using System.Net;

namespace BridgeNet.Dns.Serving;

/// <summary>One address, by UDP and TCP.</summary>
internal sealed class Listener : IDisposable
{
    private readonly UdpListener _udp;
    private readonly TcpListener _tcp;

    /// <summary>Binds both, or neither.</summary>
    /// <exception cref="ListenException">One of them cannot be bound.</exception>
    public Listener(IPEndPoint address, ServerContext context)
    {
        _udp = new UdpListener(address, context);
        try
        {
            _tcp = new TcpListener(address, context);
        }
        catch
        {
            _udp.Dispose();
            throw;
        }
    }

    /// <summary>Begins to answer.</summary>
    public void Start()
    {
        _udp.Start();
        _tcp.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }
}
