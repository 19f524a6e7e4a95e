using System.Security.Cryptography;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>A program of another language that sends frames by one container's eth0, and one that writes down what comes in by another's.</summary>
internal static class RawLink
{
    private const string Send = "import socket,sys; s=socket.socket(17,3); s.bind(('eth0',0)); s.send(bytes.fromhex(sys.argv[1]))";

    private const string Receive =
        """
        import socket
        s=socket.socket(17,3,socket.htons(3)); s.bind(('eth0',0)); print('ready',flush=True)
        while True: print(s.recv(2048).hex(),flush=True)
        """;

    /// <summary>Whether a frame sent by the one comes to the other; each time with a mark of its own behind its end.</summary>
    public static Func<TimeSpan, Task<bool>> Deliver(Netns from, Netns to, byte[] frame)
    {
        BackgroundProcess log = to.Start("python3", "-c", Receive);
        log.Until(() => log.Output.Contains("ready", StringComparison.Ordinal), "the socket that sees everything");
        return patience =>
        {
            string mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
            from.Run("python3", "-c", Send, Convert.ToHexStringLower(frame) + mark).OrThrow();
            return Task.FromResult(Try.Within(patience, () => log.Output.Contains(mark, StringComparison.Ordinal)));
        };
    }
}
