using System.Globalization;

namespace BridgeNet.Architecture;

/// <summary>A row of the table of floors.</summary>
/// <param name="Number">How high it is.</param>
/// <param name="Folder">Its folder; "." is the project's own.</param>
/// <param name="Sees">Folders and projects that it may use.</param>
internal sealed record Floor(int Number, string Folder, IReadOnlySet<string> Sees)
{
    public static Floor Parse(string[] row) =>
        new(int.Parse(row[0], CultureInfo.InvariantCulture), row[1], MarkdownTable.List(row[3]));
}
