using System.ComponentModel;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace BridgeNet.TestKit;

/// <summary>setns(2), the one call that the kit makes itself: a witness must not stand on the code that it watches.</summary>
internal static partial class EnterNamespace
{
    private const int CloneNewNet = 0x40000000;

    /// <summary>Runs a body on a thread of its own inside the network namespace bound to a path.</summary>
    public static T Run<T>(string path, Func<T> body)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                At(path);
                result = body();
            }
            catch (Exception error) // whatever it is, it belongs to the caller's thread
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Moves the calling thread, which must end afterwards, into the network namespace bound to a path.</summary>
    public static void At(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        if (SetNamespace(file, CloneNewNet) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"setns {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(SafeHandle descriptor, int type);
}
