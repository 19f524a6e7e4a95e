using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// <c>netavark teardown</c>: takes away all that a container had of its networks. What is gone already is no error, and an error of one step stops
/// no other.
/// </summary>
internal sealed class NetavarkTeardown(NetavarkHost host)
{
    private readonly List<Exception> _errors = [];

    /// <summary>Takes down.</summary>
    /// <param name="request">What setup was asked for.</param>
    /// <param name="sandbox">The container's namespace; null if it is gone, and its interfaces with it.</param>
    /// <exception cref="NetavarkException">Something could not be taken away; the message has each error.</exception>
    public void Run(NetavarkRequest request, NetworkNamespace? sandbox)
    {
        NetavarkAttachment[] named = [.. request.Attachments.Where(attachment => attachment.Network.HasDns)];
        if (named.Length > 0 && host.NameServer.IsThere)
        {
            Try(() => host.NameServer.Remove(request.ContainerId, named));
        }
        Try(() => RemoveLinks(request, sandbox));
        foreach (NetavarkAttachment attachment in request.Attachments)
        {
            Try(() => RemoveBridge(attachment.Network));
            if (host.MayHaveRules(attachment.Network))
            {
                Try(() => new NetavarkFirewall(host).TakeDown(request, attachment));
            }
        }
        if (_errors.Count > 0)
        {
            throw new NetavarkException(
                _errors.Count == 1
                    ? _errors[0].Message
                    : $"netavark encountered multiple errors:{string.Concat(_errors.Select(error => $"\n\t- {error.Message}"))}",
                _errors[0]);
        }
    }

    /// <summary>Removes the bridge after its last container, unless it is somebody else's.</summary>
    public void RemoveBridge(NetavarkNetwork network)
    {
        if (network is { IsBridge: true, IsUnmanaged: false } && !host.State.KeepsBridge(network.Interface))
        {
            _ = NetavarkBridge.RemoveIfEmpty(host.Route, network);
        }
    }

    private void RemoveLinks(NetavarkRequest request, NetworkNamespace? sandbox)
    {
        if (sandbox is null)
        {
            foreach (NetavarkAttachment attachment in request.Attachments.Where(attachment => attachment.Network.IsBridge))
            {
                NetavarkVeth.DeleteHostEnd(host.Route, request.ContainerId, attachment);
            }
            return;
        }
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        foreach (NetavarkAttachment attachment in request.Attachments)
        {
            _ = NetavarkInterface.Delete(inside, attachment);
        }
    }

    private void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (error is BridgeNetException or IOException or UnauthorizedAccessException)
        {
            _errors.Add(error);
        }
    }
}
