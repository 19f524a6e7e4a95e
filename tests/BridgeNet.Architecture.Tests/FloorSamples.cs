#pragma warning disable MA0048, CA1812 // made-up types that stand for whole floors: only their metadata is read
using System.Text;

namespace BridgeNet.Architecture;

internal class HighThing
{
    public static int Count() => 1;
}

internal sealed class ByField
{
    public HighThing[]? Things { get; set; }
}

internal sealed class ByBase : HighThing;

internal sealed class BySignature
{
    public static void Take(List<HighThing>? things) => _ = things;
}

internal sealed class ByCall
{
    public static int Count() => HighThing.Count();
}

internal sealed class ByTypeArgument
{
    public static object Make() => Activator.CreateInstance<HighThing>();
}

internal sealed class ByLambda
{
    public static Func<int, int> Make(int more) => number => number + more + HighThing.Count();
}

internal sealed class ByIterator
{
    public static IEnumerable<int> Make()
    {
        yield return HighThing.Count();
    }
}

internal sealed class ByCatch
{
    public static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException error) when (error.Data[0] is HighThing)
        {
            action();
        }
    }
}

internal sealed class Innocent
{
    public static string Make(int kind) => kind switch
    {
        0 => new StringBuilder().Append(1.5).ToString(),
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => $"{long.MaxValue}",
        _ => "many",
    };
}
