using System.Globalization;

using BridgeNet.Benchmarks.Kernel;
using BridgeNet.Benchmarks.Page;
using BridgeNet.Probe;
using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Processes;

/// <summary>
/// From exec to the first netlink message, against a NativeAOT program that says hello: both under a tracer that stops them at two calls alone.
/// </summary>
internal static class StartSection
{
    private const int Rounds = 30;

    public static IEnumerable<Row> Measure(Yardstick yardstick)
    {
        using Scratch scratch = new();
        string hello = PublishHello(scratch);
        string[] state = ["--state-dir", $"/run/{Path.GetFileName(scratch.Path)}-start"];
        using NetworkNamespace sandbox = NetworkNamespace.Create();
        _ = Programs.Run(Binary.Path, [.. state, "network", "create", "start"]).OrThrow();
        List<double> own = [], other = [];
        for (int round = 0; round < Rounds; round++)
        {
            own.Add(Trace(scratch, "sendto", Binary.Path, [.. state, "attach", sandbox.Path, "--network", "start"]));
            other.Add(Trace(scratch, "exit_group", hello, []));
        }
        string[] endpoints = Programs.Run(Binary.Path, [.. state, "ls", "-q"]).OrThrow().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _ = Programs.Run(Binary.Path, [.. state, "detach", .. endpoints]).OrThrow();
        _ = Programs.Run(Binary.Path, [.. state, "network", "rm", "start"]).OrThrow();
        yield return Row.AtMost(
            "time from exec to the first netlink message / time of a hello-world AOT binary", 1.5, Series.MedianOf(own.Zip(other, (a, b) => a / b)),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Series.MedianOf(own):0.0} ms against {Series.MedianOf(other):0.0} ms by strace, which stops both at two calls alone; "
                    + $"{Rounds} pairs"),
            "./dev bench start");
    }

    /// <summary>Milliseconds from a program's exec to its first call of a name.</summary>
    private static double Trace(Scratch scratch, string call, string program, string[] arguments)
    {
        string log = scratch.At("trace");
        _ = Programs.Run("strace", ["--seccomp-bpf", "-f", "-ttt", "-o", log, "-e", $"trace=execve,{call}", program, .. arguments]).OrThrow();
        double[] times =
        [
            .. from line in File.ReadLines(log)
               let words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries)
               where words[2].StartsWith("execve(", StringComparison.Ordinal) || words[2].StartsWith($"{call}(", StringComparison.Ordinal)
               select double.Parse(words[1], CultureInfo.InvariantCulture),
        ];
        return (times[1] - times[0]) * 1000;
    }

    private static string PublishHello(Scratch scratch)
    {
        string project = scratch.At("hello");
        _ = Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "hello.cs"), "System.Console.WriteLine(\"hello\");\n");
        File.WriteAllText(
            Path.Combine(project, "hello.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <PublishAot>true</PublishAot>
                <InvariantGlobalization>true</InvariantGlobalization>
                <CppCompilerAndLinker>gcc</CppCompilerAndLinker>
              </PropertyGroup>
            </Project>
            """);
        _ = Programs.Run(
            "dotnet",
            ["publish", project, "-c", "Release", "-o", scratch.At("out"), "-nologo", "-v", "quiet", "-p:UseSharedCompilation=false"],
            limit: TimeSpan.FromMinutes(5)).OrThrow();
        return scratch.At("out/hello");
    }
}
