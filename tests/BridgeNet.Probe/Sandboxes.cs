namespace BridgeNet.Probe;

/// <summary>Namespaces for containers. Those that are gone the kernel takes apart later, which the next measurement must not pay for.</summary>
internal static class Sandboxes
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    /// <summary>So many new ones.</summary>
    public static NetworkNamespace[] Create(int count) => [.. Enumerable.Range(0, count).Select(_ => NetworkNamespace.Create())];

    /// <summary>Closes them and waits until the kernel has taken apart all that nobody holds any more.</summary>
    public static void End(NetworkNamespace[] sandboxes)
    {
        Array.ForEach(sandboxes, sandbox => sandbox.Dispose());
        AwaitCleanup();
    }

    /// <summary>The kernel works in batches; a canary dies with its batch, and two are one batch more than may be under way.</summary>
    public static void AwaitCleanup()
    {
        using Netlink.Route.RouteSocket route = Netlink.Route.RouteSocket.Open();
        Netlink.InterfaceName name = Netlink.InterfaceName.Parse("canary");
        for (int canary = 0; canary < 2; canary++)
        {
            using (NetworkNamespace cage = NetworkNamespace.Create())
            {
                route.Batch().CreateLink(new Netlink.Route.Link
                {
                    Name = name,
                    Kind = new Netlink.Route.VethKind { Peer = new Netlink.Route.VethPeer { Name = name, NetworkNamespace = cage.Descriptor } },
                }).Execute();
            }
            _ = SpinWait.SpinUntil(() => route.TryGetLink(Netlink.Route.LinkSelector.ByName(name)) is null, s_longest);
        }
    }
}
