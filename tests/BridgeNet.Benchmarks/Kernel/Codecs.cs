using BridgeNet.Benchmarks.Micro;
using BridgeNet.Benchmarks.Page;

namespace BridgeNet.Benchmarks.Kernel;

/// <summary>What the wire allocates: nothing.</summary>
internal static class Codecs
{
    private const int Times = 1000;

    public static Row Measure()
    {
        WireBenchmark wire = new();
        wire.Setup();
        _ = wire.Write_the_messages_of_an_attach() + wire.Read_the_messages_of_an_attach();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < Times; time++)
        {
            _ = wire.Write_the_messages_of_an_attach() + wire.Read_the_messages_of_an_attach();
        }
        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
        return new Row(
            "allocations: codec read/write", "0 B", $"{bytes} B", bytes == 0, "the messages of an attach, written and walked", "./dev bench micro");
    }
}
