using System.Text;

namespace BridgeNet.Cli.Demo;

/// <summary>What a web server answers.</summary>
/// <param name="ContentType">As text/html.</param>
/// <param name="Body">The body's bytes.</param>
internal sealed record HttpAnswer(string ContentType, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>An answer of text.</summary>
    public static HttpAnswer Of(string contentType, string text) => new(contentType, Encoding.UTF8.GetBytes(text));
}
