using System.Reflection;
using System.Xml.Linq;

namespace BridgeNet.TestKit.Abi;

/// <summary>The summaries that the compiler wrote beside an assembly, those of internal and private members too.</summary>
internal sealed class XmlDocumentation
{
    private readonly Dictionary<string, string> _summaries;

    private XmlDocumentation(Dictionary<string, string> summaries) => _summaries = summaries;

    public static XmlDocumentation Of(Assembly assembly)
    {
        string path = Path.ChangeExtension(assembly.Location, ".xml");
        Dictionary<string, string> summaries = XDocument.Load(path).Descendants("member").ToDictionary(
            member => (string?)member.Attribute("name") ?? "",
            member => string.Join(' ', (member.Element("summary")?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparer.Ordinal);
        return new XmlDocumentation(summaries);
    }

    /// <summary>The summary in one line, empty if there is none.</summary>
    public string Summary(Type type) => _summaries.GetValueOrDefault($"T:{Id(type)}", "");

    /// <summary>The summary in one line, empty if there is none.</summary>
    public string Summary(FieldInfo field) => _summaries.GetValueOrDefault($"F:{Id(field.DeclaringType!)}.{field.Name}", "");

    private static string Id(Type type) => (type.FullName ?? type.Name).Replace('+', '.');
}
