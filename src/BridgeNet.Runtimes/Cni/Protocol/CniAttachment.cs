namespace BridgeNet.Runtimes.Cni;

/// <summary>An attachment as the keys <c>cni.dev/valid-attachments</c> list it.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="IfName">Its interface.</param>
internal sealed record CniAttachment(string ContainerId, string IfName);
