using BridgeNet;

using BridgeDriver driver = BridgeDriver.Open();
Network network = driver.EnsureNetwork(NetworkDefinition.Docker0);

using NetworkNamespace sandbox = NetworkNamespace.Create();
using EndpointLease lease = network.Attach(sandbox, new EndpointRequest
{
    Name = "web",
    Publish = [PortSpec.Parse("8080:80")],
});
Console.WriteLine(lease.Endpoint.IPv4Address); // 172.17.0.2/16
