namespace BridgeNet.State;

/// <summary>A subnet as a network's record has it.</summary>
/// <param name="Definition">What it is; its gateway is chosen.</param>
/// <param name="WasThere">Whether the gateway's address was on an adopted bridge before.</param>
internal sealed record SubnetOnDisk(SubnetDefinition Definition, bool WasThere);
