using BridgeNet.Dns.Forwarding;
using BridgeNet.Runtimes.Names;

namespace BridgeNet.Cli.Running;

/// <summary>Starts this binary's name server for a CNI plugin's call.</summary>
internal sealed class NameServerChildStarter : INameServerStarter
{
    /// <inheritdoc/>
    public bool TryStart(string directory, out string error)
    {
        using StringWriter errors = new();
        try
        {
            bool isUp = NameServerChild.Start(directory, Forwarder.UsualPort, ownScope: true, errors) == ExitStatus.Done;
            error = errors.ToString();
            return isUp;
        }
        catch (ProgramException fault)
        {
            error = fault.Message;
            return false;
        }
    }
}
