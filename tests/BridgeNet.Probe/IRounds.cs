namespace BridgeNet.Probe;

/// <summary>Something that is measured again and again.</summary>
internal interface IRounds
{
    /// <summary>Measures once more.</summary>
    double[] Measure();
}
