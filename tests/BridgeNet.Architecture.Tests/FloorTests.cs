namespace BridgeNet.Architecture;

/// <summary>The floors of src/BridgeNet, as docs/ARCHITECTURE.md has them and as they were compiled.</summary>
public sealed class FloorTests
{
    private const string Project = "src/BridgeNet";

    private static readonly HashSet<string> s_projects = new(["Native", "Netlink", "Core", "Dns"], StringComparer.Ordinal);

    private static readonly IReadOnlyList<Floor> s_floors =
        [.. MarkdownTable.Read(Repository.File("docs/ARCHITECTURE.md").Text, "Floors of src/BridgeNet").Select(Floor.Parse)];

    private static readonly Dictionary<string, string> s_folders = Repository.Code.Where(file => file.IsIn(Project))
        .GroupBy(file => file.Name.Split('.', '{')[0], StringComparer.Ordinal)
        .ToDictionary(files => files.Key, files => files.Select(Folder).Distinct(StringComparer.Ordinal).Single(), StringComparer.Ordinal);

    [Fact]
    public void Every_folder_has_its_row_and_no_floor_looks_up() =>
        FloorRules.CheckTable(s_floors, s_folders.Values, s_projects).ShouldBeNone();

    [Fact]
    public void A_folder_s_types_use_what_its_row_lists_and_nothing_else() =>
        FloorRules.CheckUses(typeof(BridgeDriver).Assembly, s_floors, FolderOf).ShouldBeNone();

    [Fact]
    public void The_types_of_the_assembly_are_found_in_their_folders() =>
        typeof(BridgeDriver).Assembly.GetTypes().Where(type => FolderOf(type) is not null).Should().HaveCountGreaterThan(30);

    private static string Folder(SourceFile file) => Path.GetRelativePath(Project, file.Path).Split('/') is [var folder, _, ..] ? folder : ".";

    private static string? FolderOf(Type type) => type.Assembly.GetName().Name switch
    {
        "BridgeNet.Native" => type.Namespace is "BridgeNet" ? null : "Native", // the root of all errors is everybody's
        "BridgeNet.Netlink" => "Netlink",
        "BridgeNet.Core" => "Core",
        "BridgeNet.Dns" => "Dns",
        "BridgeNet" => s_folders.GetValueOrDefault(type.Name.Split('`')[0]),
        _ => null,
    };
}
