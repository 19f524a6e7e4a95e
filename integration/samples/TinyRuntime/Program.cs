using BridgeNet;

using TinyRuntime;

try
{
    return CommandLine.Build().Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is BridgeNetException or ContainerException or IOException or System.ComponentModel.Win32Exception)
{
    Console.Error.WriteLine($"tinyruntime: {error.Message}");
    return 1;
}
