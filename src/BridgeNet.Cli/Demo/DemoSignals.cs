using System.Runtime.InteropServices;

namespace BridgeNet.Cli.Demo;

/// <summary>SIGINT, SIGHUP and SIGTERM end the demo early; the demo still cleans up.</summary>
internal sealed class DemoSignals : IDisposable
{
    private const int Hangup = 1, Interrupt = 2, Terminate = 15;

    private readonly PosixSignalRegistration[] _registrations;
    private readonly ManualResetEventSlim _proceed = new();
    private volatile int _signal;

    public DemoSignals() =>
        _registrations = [.. new[] { Hangup, Interrupt, Terminate }.Select(signal => PosixSignalRegistration.Create((PosixSignal)signal, context =>
    {
        context.Cancel = true;
        _signal = signal;
        _proceed.Set();
    }))];

    /// <summary>The signal that came; 0 for none.</summary>
    public int Signal => _signal;

    /// <summary>Throws if a signal came.</summary>
    /// <exception cref="OperationCanceledException">A signal came.</exception>
    public void ThrowIfSignalled()
    {
        if (_signal != 0)
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>Waits for Enter or a signal; for a signal alone if stdin is at its end, as in a script.</summary>
    public void WaitForEnter()
    {
        Thread reader = new(() =>
        {
            if (Console.In.ReadLine() is not null)
            {
                _proceed.Set();
            }
        })
        {
            IsBackground = true,
            Name = "Enter",
        };
        reader.Start();
        _proceed.Wait();
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
