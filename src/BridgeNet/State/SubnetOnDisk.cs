namespace BridgeNet.State;

/// <summary>A subnet as a network's record has it.</summary>
/// <param name="Definition">Its definition, with the gateway.</param>
/// <param name="WasThere">Whether the gateway's address was on an adopted bridge before.</param>
internal sealed record SubnetOnDisk(SubnetDefinition Definition, bool WasThere);
