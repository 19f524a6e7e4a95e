namespace BridgeNet.TestKit.Abi;

/// <summary>What gcc found.</summary>
/// <param name="Claims">How many claims it checked.</param>
/// <param name="Failures">One line for each that is wrong, naming the member, its value and the kernel's name.</param>
/// <param name="Unnamed">Members that claim nothing although their neighbours do: their documentation forgot the kernel's name.</param>
public sealed record AbiReport(int Claims, IReadOnlyList<string> Failures, IReadOnlyList<string> Unnamed);
