namespace BridgeNet.TestKit.Abi;

/// <summary>A line of C that the compiler refuses.</summary>
/// <param name="Line">Its number, or <see cref="Elsewhere"/>.</param>
/// <param name="Message">In the compiler's words.</param>
internal sealed record GccError(int Line, string Message)
{
    /// <summary>Stands for a line of a header.</summary>
    public const int Elsewhere = 0;
}
