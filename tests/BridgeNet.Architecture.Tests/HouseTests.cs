using System.Xml.Linq;

namespace BridgeNet.Architecture;

/// <summary>The rules on this repository; that each of them can fail is proved in the tests of the rules.</summary>
public sealed class HouseTests
{
    private const string Architecture = "docs/ARCHITECTURE.md";
    private const string ThisProject = "tests/BridgeNet.Architecture.Tests";

    [Fact]
    public void Projects_reference_what_the_table_says() =>
        ProjectRules.CompareWithTable(Repository.Projects, MarkdownTable.Read(Repository.File(Architecture).Text, "Projects")).ShouldBeNone();

    [Fact]
    public void Tmds_LibC_is_referenced_by_native_interop_only() =>
        ProjectRules.KeepPackage(Repository.Projects, "Tmds.LibC", "native-interop").ShouldBeNone();

    [Fact]
    public void Tmds_LibC_is_used_by_native_interop_and_its_tests_only() =>
        SourceRules.ForbidCode(
            Outside("native-interop", "tests/BridgeNet.Native.Tests"), SourceRules.UsedLibC(), "system calls are BridgeNet.Native's").ShouldBeNone();

    [Fact]
    public void Mono_Posix_is_referenced_by_the_test_kit_and_the_integration_tests_only() =>
        ProjectRules.KeepPackage(Repository.Projects, "Mono.Posix.NETStandard", "tests/BridgeNet.TestKit", "integration").ShouldBeNone();

    [Fact]
    public void Packed_projects_have_their_metadata()
    {
        string props = Repository.File("Directory.Build.props").Text;
        Dictionary<string, string> shared = XElement.Parse(props).Elements("PropertyGroup").Elements()
            .DistinctBy(property => property.Name.LocalName, StringComparer.Ordinal)
            .ToDictionary(property => property.Name.LocalName, property => property.Value, StringComparer.Ordinal);
        string[] files = [.. Directory.EnumerateFiles(Repository.Root, "PublicAPI.*.txt", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))];

        ProjectRules.RequirePackageMetadata(Repository.Projects, shared, files).ShouldBeNone();
        Repository.Projects.Count(project => project.IsPacked).Should().Be(4);
    }

    [Fact]
    public void Platform_invokes_are_in_native_interop_only() =>
        SourceRules.ForbidCode(
            // the kit does not lean on what it tests
            Outside("native-interop", ThisProject).Where(
                file => file.Path is not ("tests/BridgeNet.TestKit/EnterNamespace.cs" or "tests/BridgeNet.TestKit/Unprivileged.cs")),
            SourceRules.PlatformInvoke(),
            "system calls belong to native-interop").ShouldBeNone();

    [Fact]
    public void The_library_starts_no_process() =>
        SourceRules.ForbidCode(Shipped().Where(file => !file.IsIn("src/BridgeNet.Cli")), SourceRules.StartedProcess(), "it talks to the kernel")
            .ShouldBeNone();

    [Fact]
    public void The_library_s_messages_speak_of_properties() =>
        SourceRules.ForbidStrings(
            Library().Where(file => file.Name is not "ForeignRemedy.cs"), // what it says is typed into other people's programs
            SourceRules.CommandLineWords(),
            "name the property or method: OptionText translates it for the command line").ShouldBeNone();

    [Fact]
    public void What_the_library_s_messages_name_is_translated_for_the_command_line() =>
        SourceRules.TranslateNames(Library(), Repository.File("src/BridgeNet.Cli/Printing/OptionText.cs")).ShouldBeNone();

    [Fact]
    public void Nothing_sleeps() =>
        SourceRules.ForbidCode(Repository.Code.Where(file => !file.IsIn(ThisProject)), SourceRules.Sleep(), "wait for a condition").ShouldBeNone();

    [Fact]
    public void Nothing_that_ships_is_unfinished() =>
        SourceRules.ForbidText(Shipped(), SourceRules.Unfinished(), "finish it").ShouldBeNone();

    [Fact]
    public void Only_monitors_and_proxies_are_asynchronous() =>
        SourceRules.ForbidCode(
            Library().Concat(Repository.Code.Where(file => file.IsIn("src/BridgeNet.Netlink") || file.IsIn("native-interop"))).Where(file =>
                !file.Name.EndsWith("Monitor.cs", StringComparison.Ordinal) && !file.Name.EndsWith("Proxy.cs", StringComparison.Ordinal)),

            SourceRules.Async(),
            "netlink is synchronous").ShouldBeNone();

    [Fact]
    public void Files_are_short() => SourceRules.KeepShort(Repository.Code).ShouldBeNone();

    [Fact]
    public void Lines_are_short() => SourceRules.KeepLinesShort(Repository.Code).ShouldBeNone();

    [Fact]
    public void Methods_are_short() => SourceRules.KeepMethodsShort(Repository.Code).ShouldBeNone();

    [Fact]
    public void A_file_is_one_noun() =>
        SourceRules.KeepOneNoun(Repository.Code.Where(file => file.Path is not $"{ThisProject}/FloorSamples.cs")).ShouldBeNone();

    [Fact]
    public void No_file_is_compiled_into_two_projects() => ProjectRules.ShareNoFiles(Repository.Projects).ShouldBeNone();

    [Fact]
    public void No_line_ends_in_white_space() => SourceRules.KeepClean(Repository.Files).ShouldBeNone();

    [Fact]
    public void Links_between_documents_lead_somewhere() =>
        DocumentRules.ResolveLinks(
            Repository.Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)),
            path => Repository.Files.FirstOrDefault(file => string.Equals(file.Path, path, StringComparison.Ordinal))?.Text
                ?? (Path.Exists(Path.Combine(Repository.Root, path)) ? "" : null)).ShouldBeNone();

    [Fact]
    public void Decisions_are_numbered_and_listed() =>
        DocumentRules.ListDecisions(
            [.. Repository.Files.Where(file => file.IsIn("docs/decisions") && char.IsDigit(file.Name[0]))],
            Repository.File("docs/decisions/README.md").Text).ShouldBeNone();

    [Fact]
    public void The_repository_was_found()
    {
        Repository.Projects.Should().HaveCountGreaterThan(10);
        Shipped().Should().HaveCountGreaterThan(50);
    }

    private static IEnumerable<SourceFile> Shipped() => Repository.Code.Where(file => file.IsIn("src") || file.IsIn("native-interop"));

    private static IEnumerable<SourceFile> Library() => Repository.Code.Where(file => file.IsIn("src/BridgeNet") || file.IsIn("src/BridgeNet.Core"));

    private static IEnumerable<SourceFile> Outside(params string[] folders) => Repository.Code.Where(file => !folders.Any(file.IsIn));
}
