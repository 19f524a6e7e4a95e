namespace BridgeNet.State;

/// <summary>What all records have in common.</summary>
internal interface IRecord
{
    /// <summary>The layout of this record: this version reads and writes <see cref="RecordSchema.Current"/>.</summary>
    int Schema { get; }
}
