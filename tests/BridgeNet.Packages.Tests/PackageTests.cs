using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

using BridgeNet.TestKit;

namespace BridgeNet.Packages.Tests;

/// <summary>What is in the packages, and that a stranger's project runs on them.</summary>
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    [Theory]
    [InlineData("BridgeNet.Native", "Tmds.LibC", new string[0])]
    [InlineData("BridgeNet.Netlink", "BridgeNet.Native", new string[0])]
    [InlineData(
        "BridgeNet",
        "BouncyCastle.Cryptography,BridgeNet.Native,BridgeNet.Netlink,Microsoft.Extensions.Logging.Abstractions",
        new[] { "lib/net10.0/BridgeNet.Core.dll", "lib/net10.0/BridgeNet.Dns.dll" })]
    [InlineData(
        "BridgeNet.Extensions.Hosting",
        "BridgeNet,BridgeNet.Native,BridgeNet.Netlink,Microsoft.Extensions.Diagnostics.HealthChecks,Microsoft.Extensions.Hosting.Abstractions,"
        + "Microsoft.Extensions.Options",
        new string[0])]
    public void A_package_has_what_belongs_into_it_and_no_more(string package, string dependencies, string[] further)
    {
        using ZipArchive archive = feed.Open(package);
        XElement metadata = feed.Metadata(package);

        archive.Entries.Select(entry => entry.FullName).Where(
            name => !name.StartsWith("_rels", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))
            .Should().BeEquivalentTo(
                [$"{package}.nuspec", "README.md", "[Content_Types].xml", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml", .. further]);
        metadata.Descendants("dependency").Select(dependency => dependency.Attribute("id")!.Value).Should().BeEquivalentTo(dependencies.Split(','));
        metadata.Element("license")!.Value.Should().Be("Apache-2.0");
        metadata.Element("readme")!.Value.Should().Be("README.md");
        metadata.Element("description")!.Value.Should().NotBe("Package Description").And.NotBeEmpty();
        metadata.Element("repository")!.Attribute("commit")!.Value.Should().MatchRegex("^[0-9a-f]{40}$");
    }

    [Theory]
    [InlineData("BridgeNet.Native", "BridgeNet.Native")]
    [InlineData("BridgeNet.Netlink", "BridgeNet.Netlink")]
    [InlineData("BridgeNet", "BridgeNet")]
    [InlineData("BridgeNet", "BridgeNet.Core")]
    public void A_package_has_symbols(string package, string assembly)
    {
        using ZipArchive archive = feed.Open(package, "snupkg");

        archive.Entries.Select(entry => entry.FullName).Should().Contain($"lib/net10.0/{assembly}.pdb");
    }

    [Theory]
    [InlineData("BridgeNet.Core")]
    [InlineData("BridgeNet.Dns")]
    public void What_is_shared_below_the_driver_is_nobodys_api(string part)
    {
        using ZipArchive archive = feed.Open("BridgeNet");
        using MemoryStream file = new();
        using (Stream entry = archive.GetEntry($"lib/net10.0/{part}.dll")!.Open())
        {
            entry.CopyTo(file);
        }
        file.Position = 0;
        using PEReader assembly = new(file);
        MetadataReader metadata = assembly.GetMetadataReader();

        metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public)
            .Select(type => metadata.GetString(type.Name)).Should().BeEmpty();
    }

    [Fact]
    public void The_ten_lines_run_in_a_strangers_project()
    {
        Sandbox.Require();
        string project = feed.MakeProject("stranger");

        PackageFeed.Dotnet("build", project, "-c", "Release", "-nologo", "-warnaserror").OrThrow();
        CommandResult result = PackageFeed.RunInHost(Environment.ProcessPath!, "exec", Path.Combine(project, "bin/Release/net10.0/stranger.dll"));

        result.OrThrow().Output.Should().Be("172.17.0.2/16\n");
    }

    [Fact]
    public void The_ten_lines_run_compiled_ahead_of_time_without_a_warning()
    {
        Sandbox.Require();
        string project = feed.MakeProject("ahead");

        PackageFeed.Dotnet(
            "publish",
            project,
            "-c",
            "Release",
            "-r",
            "linux-x64",
            "-p:PublishAot=true",
            "-p:CppCompilerAndLinker=gcc",
            "-o",
            Path.Combine(project, "out"),
            "-nologo",
            "-warnaserror").OrThrow();
        CommandResult result = PackageFeed.RunInHost(Path.Combine(project, "out/ahead"));

        result.OrThrow().Output.Should().Be("172.17.0.2/16\n");
        Directory.GetFiles(Path.Combine(project, "out"), "*.so").Should().BeEmpty("nothing travels beside the program");
    }
}
