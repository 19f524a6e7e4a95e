using System.ComponentModel;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace BridgeNet.TestKit;

/// <summary>setns(2), the one call that the kit makes itself: a witness must not stand on the code that it watches.</summary>
internal static partial class EnterNamespace
{
    private const int CloneNewNet = 0x40000000;

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
