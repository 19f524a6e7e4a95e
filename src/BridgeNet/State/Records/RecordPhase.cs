namespace BridgeNet.State;

/// <summary>How far what a record describes has come. The phase is the ending of the record's file name, so that a rename, one step, changes it.</summary>
internal enum RecordPhase
{
    /// <summary>Being made: everything that may exist in the kernel by now is in the record.</summary>
    Intent,

    /// <summary>Made.</summary>
    Done,

    /// <summary>Being taken down: everything that may still exist in the kernel is in the record.</summary>
    Removing,
}
