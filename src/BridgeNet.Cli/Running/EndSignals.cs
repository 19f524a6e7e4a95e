using System.Runtime.InteropServices;

namespace BridgeNet.Cli.Running;

/// <summary>The signals that ask a process which serves until then to end in good order: SIGINT and SIGTERM.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    public EndSignals() => _registrations =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, End))];

    /// <summary>Is cancelled by the first of them.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Waits for one.</summary>
    public void Wait() => _ = _end.Token.WaitHandle.WaitOne();

    /// <summary>Ends without one.</summary>
    public void End() => _end.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_registrations, registration => registration.Dispose());
        _end.Dispose();
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        End();
    }
}
