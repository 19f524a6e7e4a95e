using System.Text;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Reads the tables of the older iptables ("legacy"), which the kernel keeps beside nf_tables and gives out by getsockopt(2).</summary>
public static unsafe class XtablesSocket
{
    /// <summary>How many times to read a table again that changes between two requests.</summary>
    private const int Attempts = 8;

    /// <summary>A table of the calling thread's network namespace. Ask only for an existing one: otherwise the kernel makes an empty one.</summary>
    /// <param name="ipv6">Whether it is one of ip6tables.</param>
    /// <param name="table">Its name, at most 31 bytes: <c>filter</c>.</param>
    /// <param name="info">struct ipt_getinfo, which struct ip6t_getinfo equals.</param>
    /// <returns>The entries, each a struct ipt_entry or ip6t_entry.</returns>
    /// <exception cref="KernelException">EPERM without CAP_NET_ADMIN; ENOENT or ENOPROTOOPT if there is no such table.</exception>
    public static byte[] Read(bool ipv6, string table, out byte[] info)
    {
        int descriptor = LibC.socket(ipv6 ? LibC.AF_INET6 : LibC.AF_INET, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        Call.ThrowIfFailed(descriptor, "open a socket for iptables");
        using FileDescriptor socket = new(descriptor);
        int level = ipv6 ? LinuxConstants.LevelIPv6 : LinuxConstants.LevelIPv4;
        byte[] name = new byte[LinuxConstants.XtablesNameLength];
        Encoding.UTF8.GetBytes(table, name.AsSpan(0, name.Length - 1));
        for (int attempt = 1; ; attempt++)
        {
            info = new byte[LinuxConstants.XtablesInfoLength];
            name.CopyTo(info, 0);
            Call.ThrowIfFailed(Get(socket, level, LinuxConstants.XtablesGetInfo, info), $"read the iptables table {table}");

            int size = BitConverter.ToInt32(info, LinuxConstants.XtablesInfoSize);
            byte[] answer = new byte[LinuxConstants.XtablesEntriesHeader + size];
            name.CopyTo(answer, 0);
            BitConverter.TryWriteBytes(answer.AsSpan(LinuxConstants.XtablesNameLength), size);
            if (Get(socket, level, LinuxConstants.XtablesGetEntries, answer) >= 0)
            {
                return answer[LinuxConstants.XtablesEntriesHeader..];
            }
            if (Call.LastError is not Errno.EAGAIN || attempt == Attempts)
            {
                Call.Throw($"read the entries of the iptables table {table}");
            }
        }
    }

    private static int Get(FileDescriptor socket, int level, int option, byte[] buffer)
    {
        fixed (byte* bytes = buffer)
        {
            socklen_t length = (uint)buffer.Length;
            return LibC.getsockopt(socket.Value, level, option, bytes, &length);
        }
    }
}
