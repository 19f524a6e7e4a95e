using System.Runtime.InteropServices;

using BridgeNet.Native;

namespace BridgeNet.Cli.Running;

/// <summary>
/// Passes this process's signals on to the program that it runs, and survives them to clean up. A signal that comes before the program
/// has started is passed on afterwards.
/// </summary>
/// <remarks>
/// What a terminal sends to its whole foreground group (^C, ^\, a change of its size) reaches the program anyway, and so is not passed on
/// while this process is in that group: programs take a second ^C for impatience.
/// </remarks>
internal sealed class SignalRelay : IDisposable
{
    private const int Hangup = 1, Interrupt = 2, Quit = 3, User1 = 10, User2 = 12, Terminate = 15, WindowChange = 28;

    private static readonly int[] s_signals = [Hangup, Interrupt, Quit, User1, User2, Terminate, WindowChange];

    private readonly Lock _gate = new();
    private readonly List<int> _pending = [];
    private readonly PosixSignalRegistration[] _registrations;
    private int? _program;

    public SignalRelay() => _registrations = [.. s_signals.Select(signal => PosixSignalRegistration.Create((PosixSignal)signal, context =>
    {
        context.Cancel = true;
        Pass(signal);
    }))];

    /// <summary>
    /// The signal that came before the program started and would have ended this process; null if none came.
    /// </summary>
    public int? Ended
    {
        get
        {
            lock (_gate)
            {
                int signal = _pending.Find(signal => signal is not WindowChange);
                return signal == 0 ? null : signal;
            }
        }
    }

    /// <summary>From now on signals are passed on to a process.</summary>
    public void Begin(int program)
    {
        lock (_gate)
        {
            _program = program;
            _pending.ForEach(signal => _ = Processes.Signal(program, signal));
            _pending.Clear();
        }
    }

    /// <summary>The program has ended, and the kernel may reuse its process id.</summary>
    public void End()
    {
        lock (_gate)
        {
            _program = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private void Pass(int signal)
    {
        lock (_gate)
        {
            if (_program is not { } program)
            {
                _pending.Add(signal);
            }
            else if (signal is not (Interrupt or Quit or WindowChange) || !ProcessStatus.Current().IsForeground)
            {
                _ = Processes.Signal(program, signal);
            }
        }
    }
}
