using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Signals, and becoming another program.</summary>
public static unsafe class Processes
{
    /// <summary>Sends a signal; false if there is no such process.</summary>
    /// <param name="processId">One process: 1 or more. What kill(2) makes of 0 and less, groups and every process there is, is refused.</param>
    /// <param name="signal">As signal(7) numbers them; 0 only asks whether the process is there.</param>
    /// <exception cref="KernelException">As kill(2) says.</exception>
    public static bool Signal(int processId, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processId, 1);
        int result = LibC.kill(processId, signal);
        if (result < 0 && Call.LastError is not Errno.ESRCH)
        {
            Call.Throw($"kill {processId}");
        }
        return result == 0;
    }

    /// <summary>Asks the kernel to send this process a signal when the thread that started it ends. It holds across <see cref="Execute"/>.</summary>
    /// <exception cref="KernelException">As prctl(2) says.</exception>
    public static void SignalOnParentDeath(int signal) =>
        Call.ThrowIfFailed(
            LibCMissing.ProcessControl(LinuxConstants.SetParentDeathSignal, (nuint)signal, 0, 0, 0), "prctl PR_SET_PDEATHSIG");

    /// <summary>Makes this process the leader of a session of its own: it has no terminal, and the end of its parent's does not end it.</summary>
    /// <exception cref="KernelException">As setsid(2) says: EPERM for the leader of a process group.</exception>
    public static void BeginSession() => Call.ThrowIfFailed(LibC.setsid(), "setsid");

    /// <summary>Replaces this program by another one, with a new process's signals. It returns only if that fails.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="arguments">Its arguments, the zeroth (its name) included: bytes, because they need not be UTF-8.</param>
    /// <param name="environment">Its environment, a NAME=VALUE each.</param>
    /// <exception cref="ArgumentException">The path, an argument or a variable holds a NUL.</exception>
    /// <exception cref="KernelException">As execve(2) says: ENOENT, EACCES.</exception>
    public static void Execute(string path, IReadOnlyList<ReadOnlyMemory<byte>> arguments, IReadOnlyList<ReadOnlyMemory<byte>> environment)
    {
        CString.RefuseNul(path);
        if (arguments.Concat(environment).Any(text => text.Span.Contains((byte)0)))
        {
            throw new ArgumentException("an argument or a variable cannot hold a NUL character", nameof(arguments));
        }

        sigset_t none = default;
        _ = LibCMissing.Signal(LinuxConstants.SigPipe, handler: 0);
        _ = LibC.sigprocmask(LinuxConstants.SigSetMask, &none, null);

        byte** argv = Strings(arguments);
        byte** envp = Strings(environment);
        _ = LibC.execve(Utf8StringMarshaller.ConvertToUnmanaged(path), argv, envp);
        Call.Throw($"exec {path}");
    }

    /// <summary>An array that ends in a null pointer. It is never freed: it lives until the process is another.</summary>
    private static byte** Strings(IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        byte** pointers = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < strings.Count; i++)
        {
            pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)strings[i].Length + 1);
            strings[i].Span.CopyTo(new Span<byte>(pointers[i], strings[i].Length));
        }
        return pointers;
    }
}
