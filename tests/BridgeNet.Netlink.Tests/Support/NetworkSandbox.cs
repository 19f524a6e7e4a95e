using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using BridgeNet.Native;

namespace BridgeNet.Netlink.Tests;

/// <summary>A network namespace of a test's own, which ends with it; `ip` and its like are witnesses in it.</summary>
internal static class NetworkSandbox
{
    /// <summary>Does it on a thread that is in a new namespace and ends behind it.</summary>
    public static void Run(Action test)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs CAP_SYS_ADMIN to make a network namespace");
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                Namespaces.UnshareNetwork();
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

    /// <summary>What a program of the host prints in the calling thread's namespace.</summary>
    public static string Tell(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "{0} {1} said {2}", program, string.Join(' ', arguments), errors.GetAwaiter().GetResult());
        return output;
    }

    /// <summary>The array that `ip -j` prints.</summary>
    public static JsonElement[] Ip(params string[] arguments)
    {
        string output = Tell("ip", ["-j", .. arguments]);
        using JsonDocument document = JsonDocument.Parse(string.IsNullOrWhiteSpace(output) ? "[]" : output);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
