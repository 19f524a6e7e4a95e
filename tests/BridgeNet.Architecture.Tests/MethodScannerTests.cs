namespace BridgeNet.Architecture;

public sealed class MethodScannerTests
{
    private const string Code =
        """
        using System;

        namespace X;

        /// <summary>A class with a method M() { }.</summary>
        internal sealed class A(int start) : B(start)
        {
            private static readonly (string Name, Func<int> Make)[] s_table =
            [
                ("{", () => { return 1; }),
            ];

            [Obsolete("M()")]
            public A()
                : this(1)
            {
            }

            public int P { get; init; } = Make(2);

            public int Q
            {
                get => 1;
            }

            public static int operator +(A one, A other) => 1;

            public (int One, int Two) Two<T>(T value)
                where T : class =>
                value switch
                {
                    { } => (1, 2),
                    _ => throw new InvalidOperationException("}"),
                };

            private void Last(string text = "(")
            {
                foreach (char c in text)
                {
                    Local();
                }

                void Local()
                {
                }
            }

            private interface IInner
            {
                void Do() => Console.WriteLine('{');
            }
        }
        """;

    [Fact]
    public void Methods_are_found_with_their_first_line_and_their_length()
    {
        MethodScanner.Scan(new SourceFile("a.cs", Code)).Should().Equal(
            new ScannedMethod("A", 14, 4),
            new ScannedMethod("+", 26, 1),
            new ScannedMethod("Two", 28, 7),
            new ScannedMethod("Last", 36, 11),
            new ScannedMethod("Do", 50, 1));
    }

    [Fact]
    public void The_methods_of_this_repository_are_found() =>
        Repository.Code.SelectMany(MethodScanner.Scan).Count(method => method.Name.Length > 0).Should().BeGreaterThan(4000);
}
