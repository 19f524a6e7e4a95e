using System.Text;
using System.Text.RegularExpressions;

namespace BridgeNet.Architecture;

/// <summary>
/// Finds the methods of a C# file by its braces and semicolons, without a compiler: enough for files with a file-scoped namespace and one statement a
/// line. Local functions count as lines of the method around them.
/// </summary>
internal sealed partial class MethodScanner
{
    private readonly Stack<Block> _blocks = [];
    private readonly StringBuilder _header = new();
    private readonly List<ScannedMethod> _methods = [];
    private int _attributes;
    private int _line = 1;
    private int _parentheses;
    private int _start;

    private MethodScanner()
    {
    }

    /// <summary>What a pair of braces is around.</summary>
    private enum Block
    {
        /// <summary>The members of a type.</summary>
        Type,

        /// <summary>The body of a method.</summary>
        Method,

        /// <summary>Accessors, or part of an expression outside of any block of a method.</summary>
        Other,

        /// <summary>Anything within one of those two.</summary>
        Inner,
    }

    /// <summary>The methods of a file, in order; what is nested in one is part of it.</summary>
    public static IReadOnlyList<ScannedMethod> Scan(SourceFile file)
    {
        MethodScanner scanner = new();
        foreach (string line in file.CodeAlone.Split('\n'))
        {
            foreach (char character in line.TrimStart().StartsWith('#') ? string.Empty : line + " ")
            {
                scanner.Read(character);
            }
            scanner._line++;
        }
        return scanner._methods;
    }

    private void Read(char character)
    {
        if (!_blocks.TryPeek(out Block block) || block is Block.Type)
        {
            ReadMember(character);
        }
        else if (character == '{')
        {
            _blocks.Push(Block.Inner);
        }
        else if (character == '}')
        {
            Close(_blocks.Pop());
        }
    }

    private void ReadMember(char character)
    {
        bool isEmpty = _header.Length == 0;
        switch (character)
        {
            case '[' when isEmpty || _attributes > 0:
                _attributes++;
                break;
            case ']' when _attributes > 0:
                _attributes--;
                break;
            case var _ when _attributes > 0 || (isEmpty && char.IsWhiteSpace(character)):
                break;
            case '{':
                Open();
                break;
            case '}':
                _ = _blocks.TryPop(out _);
                _header.Clear();
                break;
            case ';' when _parentheses == 0:
                EndExpression();
                break;
            default:
                _start = isEmpty ? _line : _start;
                _parentheses += character == '(' ? 1 : character == ')' ? -1 : 0;
                _header.Append(character);
                break;
        }
    }

    private void Open()
    {
        string header = _header.ToString();
        if (TypeHeader().IsMatch(header))
        {
            _blocks.Push(Block.Type);
            _header.Clear();
        }
        else
        {
            _blocks.Push(_parentheses == 0 && IsMethod(header) && !header.Contains("=>", StringComparison.Ordinal) ? Block.Method : Block.Other);
        }
    }

    private void Close(Block closed)
    {
        if (closed is Block.Method)
        {
            Add();
        }
        else if (closed is Block.Other && !_header.ToString().Contains('=', StringComparison.Ordinal))
        {
            _header.Clear(); // the accessors of a property
        }
    }

    private void EndExpression()
    {
        if (_header.ToString() is var header && header.Contains("=>", StringComparison.Ordinal) && IsMethod(header))
        {
            Add();
        }
        _header.Clear();
    }

    private void Add()
    {
        _methods.Add(new ScannedMethod(NameBeforeParameters().Match(_header.ToString()).Groups["name"].Value, _start, _line - _start + 1));
        _header.Clear();
    }

    private static bool IsMethod(string header)
    {
        string declaration = header.Split("=>")[0];
        return NameBeforeParameters().IsMatch(declaration) && !declaration.Split('(')[0].Contains('=', StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^[^(=]*\b(class|struct|interface|enum|record)\s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"(?<name>\w+)(<[^()=]*>)?\(|\boperator\s*(?<name>[^\s(]+)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameBeforeParameters();
}
