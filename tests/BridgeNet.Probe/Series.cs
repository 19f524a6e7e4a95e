using System.Diagnostics;

namespace BridgeNet.Probe;

/// <summary>Times in milliseconds, in the order in which they were measured.</summary>
internal sealed record Series(double[] Times)
{
    public double Median => Quantile(0.5);

    public double Mean => Times.Average();

    public double FirstTen => Times.Take(10).Average();

    public double LastTen => Times.TakeLast(10).Average();

    public double Total => Times.Sum();

    /// <summary>Does something for each of so many numbers.</summary>
    public static Series Of(int count, Action<int> action)
    {
        double[] times = new double[count];
        for (int number = 0; number < count; number++)
        {
            times[number] = Time(() => action(number));
        }
        return new Series(times);
    }

    /// <summary>How long something takes, in milliseconds.</summary>
    public static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>The middle one of some values.</summary>
    public static double MedianOf(IEnumerable<double> values) => new Series([.. values]).Median;

    private double Quantile(double share)
    {
        double[] sorted = [.. Times];
        Array.Sort(sorted);
        return sorted[(int)(sorted.Length * share)];
    }
}
