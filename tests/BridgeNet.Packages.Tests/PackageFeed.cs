using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

using BridgeNet.TestKit;

namespace BridgeNet.Packages.Tests;

/// <summary>The packages as `./dev pack` makes them, freshly, under a version that no cache has, in a directory that is a feed.</summary>
public sealed class PackageFeed : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(6);

    private readonly Scratch _scratch = new();

    public PackageFeed()
    {
        foreach (string project in Projects)
        {
            Dotnet(
                "pack",
                System.IO.Path.Combine(Repository, project),
                "-c",
                "Release",
                "-o",
                Path,
                $"-p:Version={Version}",
                "-nologo",
                "-v",
                "quiet").OrThrow();
        }
    }

    /// <summary>From the lowest to the driver.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        ["native-interop/BridgeNet.Native", "src/BridgeNet.Netlink", "src/BridgeNet", "src/BridgeNet.Extensions.Hosting"];

    public string Path => _scratch.At("feed");

    public string Version { get; } = $"0.1.0-test.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A package's files.</summary>
    public ZipArchive Open(string package, string extension = "nupkg") =>
        ZipFile.OpenRead(System.IO.Path.Combine(Path, $"{package}.{Version}.{extension}"));

    /// <summary>A package's description, without its namespace.</summary>
    public XElement Metadata(string package)
    {
        using ZipArchive archive = Open(package);
        using Stream stream = archive.GetEntry($"{package}.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().First();
        foreach (XElement element in metadata.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }
        return metadata;
    }

    /// <summary>
    /// A new console project outside the tree that has the package and the README's ten lines. It sees this feed and what the machine has
    /// downloaded before: the tree's own build needed all of that.
    /// </summary>
    public string MakeProject(string name)
    {
        string directory = _scratch.At(name);
        Directory.CreateDirectory(directory);
        File.WriteAllText(System.IO.Path.Combine(directory, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_scratch.At("packages")}" /></config>
              <packageSources><clear /><add key="feed" value="{Path}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
            </configuration>
            """);
        Dotnet("new", "console", "--output", directory, "--name", name, "--no-restore").OrThrow();
        Dotnet("add", directory, "package", "BridgeNet", "--version", Version).OrThrow();
        File.WriteAllText(System.IO.Path.Combine(directory, "Program.cs"), TenLines());
        return directory;
    }

    /// <summary>Runs dotnet, with minutes to do it.</summary>
    public static CommandResult Dotnet(params IEnumerable<string> arguments) =>
        Programs.Run(
            "env",
            ["MSBUILDDISABLENODEREUSE=1", "DOTNET_CLI_TELEMETRY_OPTOUT=1", "DOTNET_NOLOGO=1", Environment.ProcessPath!, .. arguments],
            limit: s_limit);

    /// <summary>Runs a program as root of a host of its own, with a /run of its own.</summary>
    public static CommandResult RunInHost(params IEnumerable<string> words) =>
        Programs.Run("unshare", ["--net", "--mount", "sh", "-ec", "mount -t tmpfs run /run; ip link set lo up; exec \"$@\"", "sh", .. words]);

    public void Dispose() => _scratch.Dispose();

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The first C# block of the README.</summary>
    private static string TenLines()
    {
        const string Fence = "```csharp\n";
        string readme = File.ReadAllText(System.IO.Path.Combine(Repository, "README.md"));
        int start = readme.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string FindRepository()
    {
        DirectoryInfo directory = new(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "BridgeNet.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("BridgeNet.sln is nowhere above the tests");
        }
        return directory.FullName;
    }
}
