namespace BridgeNet.Runtimes.Oci;

/// <summary>Connects containers of OCI runtimes, and disconnects them.</summary>
/// <param name="driver">The driver.</param>
/// <param name="records">Which endpoints containers have.</param>
public sealed class OciHook(BridgeDriver driver, OciRecords records)
{
    /// <summary>Connects a container completely or not at all. It first removes what an earlier call for the same container created.</summary>
    /// <param name="state">The container.</param>
    /// <param name="attachments">Attach it, one network each; the endpoints are kept.</param>
    /// <returns>Its endpoints; none if its network is the host's, or another container's.</returns>
    public IReadOnlyList<Endpoint> Create(OciState state, IEnumerable<Func<NetworkNamespace, EndpointLease>> attachments)
    {
        using NetworkNamespace? sandbox = OciSandbox.Find(state);
        if (sandbox is null)
        {
            return [];
        }
        Remove(state.Id);
        List<Endpoint> made = [];
        try
        {
            foreach (Func<NetworkNamespace, EndpointLease> attach in attachments)
            {
                using EndpointLease lease = attach(sandbox);
                made.Add(lease.Endpoint);
                records.Write(state.Id, made.Select(endpoint => endpoint.Id));
                lease.Keep();
            }
            return made;
        }
        catch
        {
            Undo(state.Id, made);
            throw;
        }
    }

    /// <summary>Disconnects a container; succeeds if nothing of it is left.</summary>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was.</exception>
    public void Remove(string containerId)
    {
        List<Exception> failures = [];
        foreach (string endpoint in records.Find(containerId))
        {
            try
            {
                _ = driver.Detach(endpoint);
            }
            catch (BridgeNetException error)
            {
                failures.Add(error);
            }
        }
        if (failures.Count > 0)
        {
            throw new TeardownException($"container {containerId}", failures);
        }
        records.Remove(containerId);
    }

    /// <summary>
    /// Detaches all endpoints of a call that failed. Failures are not told: the caller throws the error that led here. The record stays then, and the
    /// next call goes by it.
    /// </summary>
    private void Undo(string containerId, List<Endpoint> made)
    {
        bool isUndone = true;
        foreach (Endpoint endpoint in made)
        {
            try
            {
                _ = driver.Detach(endpoint.Id);
            }
            catch (BridgeNetException)
            {
                isUndone = false;
            }
        }
        if (isUndone)
        {
            records.Remove(containerId);
        }
    }
}
