namespace BridgeNet.TestKit;

/// <summary>A real nginx in a namespace, with its files and its log in a directory of its own.</summary>
public sealed class WebServer : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly BackgroundProcess _process;

    private WebServer(Netns place, string page, int port)
    {
        Port = port;
        Directory.CreateDirectory(_scratch.At("www"));
        AddFile("index.html", System.Text.Encoding.UTF8.GetBytes(page));
        File.WriteAllText(_scratch.At("nginx.conf"), Configuration());
        _process = place.Start("nginx", "-p", _scratch.Path, "-c", _scratch.At("nginx.conf"), "-e", _scratch.At("error.log"));
        try
        {
            _process.Until(() => File.Exists(_scratch.At("nginx.pid")), $"nginx listens on port {port} of {place}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>
    /// What the access log says, oldest first. nginx writes a line after the client has its answer: see <see cref="WaitForVisit"/>.
    /// </summary>
    public IReadOnlyList<WebVisit> Visits =>
        [.. File.ReadAllText(_scratch.At("access.log"))
            .Split('\n')[..^1] // a line counts once its end is written
            .Select(line => line.Split(' '))
            .Select(word => new WebVisit(word[0], word[1], int.Parse(word[2])))];

    /// <summary>Starts it and waits until it listens, on every address of both families.</summary>
    public static WebServer Start(Netns place, string page, int port = 80) => new(place, page, port);

    /// <summary>Puts a file under the server's root: AddFile("large", new byte[8 &lt;&lt; 20]).</summary>
    public void AddFile(string name, byte[] content) => File.WriteAllBytes(_scratch.At($"www/{name}"), content);

    /// <summary>The first visit to a path, once it is in the log.</summary>
    public WebVisit WaitForVisit(string path)
    {
        _process.Until(() => Visits.Any(IsToPath), $"a visit to {path} in nginx's log");
        return Visits.First(IsToPath);

        bool IsToPath(WebVisit visit) => string.Equals(visit.Path, path, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _process?.Dispose();
        _scratch.Dispose();
    }

    /// <summary>One process, no master: it is still the real server, and ends at once. It writes its pid file once it listens.</summary>
    private string Configuration() =>
        $$"""
        daemon off;
        master_process off;
        pid {{_scratch.At("nginx.pid")}};
        events { worker_connections 256; }
        http {
          log_format visit '$remote_addr $request_uri $status';
          access_log {{_scratch.At("access.log")}} visit;
          client_body_temp_path {{_scratch.At("body")}};
          proxy_temp_path {{_scratch.At("proxy")}};
          fastcgi_temp_path {{_scratch.At("fastcgi")}};
          uwsgi_temp_path {{_scratch.At("uwsgi")}};
          scgi_temp_path {{_scratch.At("scgi")}};
          default_type text/html;
          server {
            listen {{Port}};
            listen [::]:{{Port}};
            root {{_scratch.At("www")}};
          }
        }
        """;
}
