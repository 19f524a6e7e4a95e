namespace BridgeNet;

/// <summary>What <see cref="RepairReport.BeyondRepair"/> has as a failure of the collection that came upon it.</summary>
internal sealed class RepairException(string line) : BridgeNetException(line);
