using System.Globalization;
using System.Text;

namespace BridgeNet.Benchmarks.Page;

/// <summary>A picture of what an attach costs, against how many containers are there: docs/performance-growth.svg.</summary>
internal static class GrowthPicture
{
    private const string File = "docs/performance-growth.svg";
    private const int Width = 640, Height = 300, Left = 56, Bottom = 40, Top = 24, Right = 16;

    /// <summary>Draws one line a series, of means over fifty containers each.</summary>
    public static void Write(params (string Name, string Colour, double[] Times)[] series)
    {
        double highest = series.Max(one => Means(one.Times).Max()) * 1.1;
        int count = series.Max(one => one.Times.Length);
        StringBuilder svg = new();
        _ = svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">""")
            .AppendLine(CultureInfo.InvariantCulture, $"""<rect width="{Width}" height="{Height}" fill="white"/>""")
            .AppendLine(CultureInfo.InvariantCulture,
                $"""<path d="M{Left},{Top} V{Height - Bottom} H{Width - Right}" fill="none" stroke="black"/>""");
        for (int tick = 0; tick <= 4; tick++)
        {
            double value = highest * tick / 4;
            _ = svg.AppendLine(CultureInfo.InvariantCulture,
                $"""<text x="{Left - 6}" y="{Y(value, highest) + 4:0.#}" text-anchor="end">{value:0.0}</text>""")
                .AppendLine(CultureInfo.InvariantCulture,
                    $"""<text x="{X(count * tick / 4.0, count):0.#}" y="{Height - Bottom + 16}" text-anchor="middle">{count * tick / 4}</text>""");
        }
        _ = svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<text x="{(Left + Width) / 2}" y="{Height - 6}" text-anchor="middle">containers on the bridge</text>""")
            .AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="14">milliseconds an attach takes</text>""");
        int line = 0;
        foreach ((string name, string colour, double[] times) in series)
        {
            double[] means = Means(times);
            string path = string.Join(' ', means.Select((mean, place) => string.Create(
                CultureInfo.InvariantCulture,
                $"{(place == 0 ? 'M' : 'L')}{X((place + 0.5) * times.Length / means.Length, count):0.#},{Y(mean, highest):0.#}")));
            _ = svg.AppendLine(CultureInfo.InvariantCulture, $"""<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>""")
                .AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left + 16}" y="{Top + 14 + (line++ * 16)}" fill="{colour}">{name}</text>""");
        }
        System.IO.File.WriteAllText(File, svg.AppendLine("</svg>").ToString());
    }

    private static double[] Means(double[] times) => [.. times.Chunk(50).Select(some => some.Average())];

    private static double X(double number, int count) => Left + (number / count * (Width - Left - Right));

    private static double Y(double value, double highest) => Height - Bottom - (value / highest * (Height - Bottom - Top));
}
