using System.Net;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>A namespace and its endpoint. The lease is the test's to dispose; the namespace ends with the world.</summary>
internal sealed record Container(Netns Place, EndpointLease Lease)
{
    public Endpoint Endpoint => Lease.Endpoint;

    public string Id => Endpoint.Id;

    public IPAddress Address => Endpoint.IPv4Address!.Address;

    /// <summary>nginx in it, at port 80.</summary>
    public WebServer Serve(string page = "hello") => WebServer.Start(Place, page);
}
