using System.Xml.Linq;

namespace BridgeNet.Architecture;

/// <summary>What a project file says about itself.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="References">The names of the projects that it references.</param>
/// <param name="Packages">The names of the packages that it references.</param>
/// <param name="CompiledFiles">The source files that it names, beside those in its folder.</param>
/// <param name="Properties">Its properties; of one that is set twice, the last.</param>
internal sealed record ProjectFile(
    string Path,
    IReadOnlySet<string> References,
    IReadOnlySet<string> Packages,
    IReadOnlyList<string> CompiledFiles,
    IReadOnlyDictionary<string, string> Properties)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    // a tool has no API
    public bool IsPacked => Properties.GetValueOrDefault("IsPackable") is "true" && Properties.GetValueOrDefault("PackAsTool") is not "true";

    public static ProjectFile Parse(SourceFile file)
    {
        XElement project = XElement.Parse(file.Text);
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        foreach (XElement property in project.Elements("PropertyGroup").Elements())
        {
            properties[property.Name.LocalName] = property.Value;
        }
        return new ProjectFile(
            file.Path,
            Included(project, "ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path)!).ToHashSet(StringComparer.Ordinal),
            Included(project, "PackageReference").ToHashSet(StringComparer.Ordinal),
            [.. Included(project, "Compile")],
            properties);
    }

    private static IEnumerable<string> Included(XElement project, string item) =>
        project.Elements("ItemGroup").Elements(item).Select(element => (string?)element.Attribute("Include") ?? "");
}
