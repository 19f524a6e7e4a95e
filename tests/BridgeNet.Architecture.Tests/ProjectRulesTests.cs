namespace BridgeNet.Architecture;

public sealed class ProjectRulesTests
{
    private static readonly string[][] s_table = [["BridgeNet.Low", "", "nothing"], ["BridgeNet.High", "", "Low"]];

    [Fact]
    public void A_table_that_fits_is_accepted() =>
        ProjectRules.CompareWithTable([Project("BridgeNet.Low"), Project("BridgeNet.High", "BridgeNet.Low")], s_table).Should().BeEmpty();

    [Fact]
    public void A_reference_that_the_table_lacks_is_found() =>
        ProjectRules.CompareWithTable([Project("BridgeNet.Low", "BridgeNet.High"), Project("BridgeNet.High", "BridgeNet.Low")], s_table)
            .Should().Equal("BridgeNet.Low references High, which its row does not list");

    [Fact]
    public void A_reference_that_only_the_table_has_is_found() =>
        ProjectRules.CompareWithTable([Project("BridgeNet.Low"), Project("BridgeNet.High")], s_table)
            .Should().Equal("BridgeNet.High does not reference Low, which its row lists");

    [Fact]
    public void A_project_without_a_row_and_a_row_without_a_project_are_found() =>
        ProjectRules.CompareWithTable([Project("BridgeNet.Low"), Project("Stray")], s_table)
            .Should().Equal("Stray has no row in the table of projects", "the table of projects has a row for BridgeNet.High, which is no project");

    [Fact]
    public void A_package_outside_its_folders_is_found()
    {
        ProjectFile inside = Parse("native-interop/A/A.csproj", "<ItemGroup><PackageReference Include='Tmds.LibC' /></ItemGroup>");
        ProjectFile outside = Parse("src/B/B.csproj", "<ItemGroup><PackageReference Include='Tmds.LibC' /></ItemGroup>");

        ProjectRules.KeepPackage([inside, outside], "Tmds.LibC", "native-interop")
            .Should().Equal("B references Tmds.LibC, which belongs to native-interop only");
    }

    [Fact]
    public void A_package_without_licence_or_api_file_is_found()
    {
        ProjectFile packed = Parse("src/A/A.csproj", "<PropertyGroup><IsPackable>true</IsPackable><Description>A.</Description></PropertyGroup>");
        ProjectFile notPacked = Parse("src/B/B.csproj", "");
        Dictionary<string, string> shared = new(StringComparer.Ordinal) { ["PackageReadmeFile"] = "", ["PackageTags"] = "", ["Authors"] = "" };

        ProjectRules.RequirePackageMetadata([packed, notPacked], shared, ["src/A/PublicAPI.Shipped.txt"])
            .Should().Equal("A is packed without PackageLicenseExpression", "A is packed without PublicAPI.Unshipped.txt");
    }

    [Fact]
    public void A_file_of_another_project_is_found()
    {
        ProjectFile own = Parse("src/A/A.csproj", "<ItemGroup><Compile Include='Generated/A.cs' /><Compile Remove='../B/C.cs' /></ItemGroup>");
        ProjectFile shared = Parse("src/B/B.csproj", "<ItemGroup><Compile Include='../A/A.cs' Link='A.cs' /></ItemGroup>");

        ProjectRules.ShareNoFiles([own, shared]).Should().Equal("B compiles ../A/A.cs, which is another project's: reference that project");
    }

    private static ProjectFile Project(string name, params string[] references) =>
        Parse(
            $"src/{name}/{name}.csproj",
            $"<ItemGroup>{string.Concat(references.Select(r => $"<ProjectReference Include='../{r}/{r}.csproj' />"))}</ItemGroup>");

    private static ProjectFile Parse(string path, string content) =>
        ProjectFile.Parse(new SourceFile(path, $"<Project Sdk='Microsoft.NET.Sdk'>{content}</Project>"));
}
