using System.Runtime.ExceptionServices;
using System.Text.Json;
using BridgeNet.Native;
using BridgeNet.Netlink.Route;
using BridgeNet.TestKit;

namespace BridgeNet.Netlink.Tests;

/// <summary>A network namespace of a test's own, which ends with it; `ip` and its like are witnesses in it.</summary>
internal static class NetworkSandbox
{
    /// <summary>Does it on a thread that is in a new namespace and ends behind it.</summary>
    public static void Run(Action test)
    {
        Sandbox.Require();
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                ThreadNamespace.UnshareNetwork();
                test();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Another new namespace, as a container's, with a socket in it. The caller disposes both; the namespace ends with them.</summary>
    public static (FileDescriptor Namespace, RouteSocket Socket) Another()
    {
        FileDescriptor? inside = null;
        RouteSocket? socket = null;
        Run(() =>
        {
            inside = Files.Open(directory: null, ThreadNamespace.CurrentPath, OpenFlags.ReadOnly);
            socket = RouteSocket.Open();
        });
        return (inside!, socket!);
    }

    /// <summary>What a program of the host prints in the calling thread's namespace.</summary>
    public static string Tell(string program, params string[] arguments) => Programs.Run(program, arguments).OrThrow().Output;

    /// <summary>The array that `ip -j` prints.</summary>
    public static JsonElement[] Ip(params string[] arguments)
    {
        string output = Tell("ip", ["-j", .. arguments]);
        using JsonDocument document = JsonDocument.Parse(string.IsNullOrWhiteSpace(output) ? "[]" : output);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
