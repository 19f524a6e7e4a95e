namespace BridgeNet;

/// <summary>A line of <see cref="RepairReport.BeyondRepair"/> as a failure of the collection that came upon it.</summary>
internal sealed class RepairException(string line) : BridgeNetException(line);
