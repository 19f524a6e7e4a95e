using System.ComponentModel;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace BridgeNet.TestKit;

/// <summary>
/// Runs a body without a capability. Capabilities are a thread's, and a thread is born with its parent's: so it is one thread and its children.
/// </summary>
public static partial class Unprivileged
{
    /// <summary>CAP_NET_ADMIN, linux/capability.h.</summary>
    public const int NetAdmin = 12;

    /// <summary>CAP_SYS_ADMIN, linux/capability.h.</summary>
    public const int SysAdmin = 21;

    private const uint Version3 = 0x20080522;

    /// <summary>Does something without a capability, on a thread of its own that ends there.</summary>
    public static void Run(int capability, Action body)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                Drop(capability);
                body();
            }
            catch (Exception error) // whatever it is, it belongs to the caller's thread
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static void Drop(int capability)
    {
        Header header = new() { Version = Version3 };
        Sets[] sets = new Sets[2];
        Check(GetCapabilities(ref header, ref sets[0]), "capget");
        sets[capability / 32].Effective &= ~(1u << (capability % 32));
        Check(SetCapabilities(ref header, in sets[0]), "capset");
    }

    private static void Check(int result, string call)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "capget", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetCapabilities(ref Header header, ref Sets firstOfTwo);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetCapabilities(ref Header header, in Sets firstOfTwo);

    /// <summary>struct __user_cap_header_struct; process 0 is the calling thread.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public uint Version;
        public int Process;
    }

    /// <summary>struct __user_cap_data_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Sets
    {
        public uint Effective;
        public uint Permitted;
        public uint Inheritable;
    }
}
