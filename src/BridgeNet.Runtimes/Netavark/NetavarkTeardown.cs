namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// <c>netavark teardown</c>: takes away all that a container had of its networks. What is gone already is no error, and an error of one step stops
/// no other.
/// </summary>
internal sealed class NetavarkTeardown(NetavarkHost host)
{
    /// <summary>Takes down.</summary>
    /// <param name="request">What setup was asked for.</param>
    /// <param name="sandbox">The container's namespace; null if it is gone, and its interfaces with it.</param>
    /// <param name="path">The namespace's path, for plugins.</param>
    /// <exception cref="NetavarkException">Something could not be taken away; the message has each error.</exception>
    public void Run(NetavarkRequest request, NetworkNamespace? sandbox, string path)
    {
        List<Exception> errors = [], ofRules = [];
        NetavarkAttachment[] named = [.. request.Attachments.Where(attachment => attachment.Network.HasDns)];
        if (named.Length > 0)
        {
            Try(errors, () => host.NameServer.Remove(request.ContainerId, named));
        }
        foreach (NetavarkAttachment attachment in request.Attachments.Where(attachment => attachment.Network.IsOfPlugin))
        {
            Try(errors, () => host.Plugins.TearDown(request, attachment, path));
        }
        NetavarkLinks links = new(host, request); // it knows which bridges stay, which is forgotten with the rules
        links.Find(sandbox, step => Try(errors, step));
        // The kernel takes its time to delete a link. The rules go meanwhile, on a thread of their own.
        Task rules = Task.Factory.StartNew(
            () =>
            {
                foreach (NetavarkAttachment attachment in request.Attachments.Where(attachment => host.MayHaveRules(attachment.Network)))
                {
                    Try(ofRules, () => new NetavarkFirewall(host).TakeDown(request, attachment, links.Going));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            Try(errors, links.Remove);
        }
        finally
        {
            rules.GetAwaiter().GetResult();
        }
        errors.AddRange(ofRules);
        if (errors.Count > 0)
        {
            throw new NetavarkException(
                errors.Count == 1
                    ? NetavarkErrorText.Of(errors[0])
                    : $"netavark encountered multiple errors:{string.Concat(errors.Select(error => $"\n\t- {NetavarkErrorText.Of(error)}"))}",
                errors[0]);
        }
    }

    private static void Try(List<Exception> errors, Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (
            error is BridgeNetException or IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            errors.Add(error);
        }
    }
}
