using System.Runtime.ExceptionServices;

namespace BridgeNet.Native;

/// <summary>A thread that may go to any namespace because it ends there.</summary>
internal static class OwnThread
{
    public static void Run(Action work)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                work();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
