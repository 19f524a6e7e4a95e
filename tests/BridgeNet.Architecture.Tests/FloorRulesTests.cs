using System.Text;

namespace BridgeNet.Architecture;

public sealed class FloorRulesTests
{
    private static readonly HashSet<string> s_projects = new(["Native"], StringComparer.Ordinal);

    [Fact]
    public void A_table_that_fits_is_accepted() =>
        FloorRules.CheckTable([Floor(1, "Low", "Native"), Floor(2, "High", "Native", "Low")], ["Low", "High", "Low"], s_projects).Should().BeEmpty();

    [Fact]
    public void A_folder_without_a_row_and_a_row_without_a_folder_are_found() =>
        FloorRules.CheckTable([Floor(1, "Gone")], ["New"], s_projects)
            .Should().Equal("folder New has no row in the table of floors", "the table of floors has a row for Gone, which is no folder");

    [Fact]
    public void A_floor_that_sees_an_equal_a_higher_or_an_unknown_one_is_found() =>
        FloorRules.CheckTable([Floor(1, "A", "B"), Floor(1, "B", "C", "Nowhere"), Floor(2, "C")], ["A", "B", "C"], s_projects)
            .Should().Equal(
                "A on floor 1 sees B on floor 1",
                "B on floor 1 sees C on floor 2",
                "B sees Nowhere, which is neither a folder nor a project");

    [Theory]
    [InlineData(typeof(ByField))]
    [InlineData(typeof(ByBase))]
    [InlineData(typeof(BySignature))]
    [InlineData(typeof(ByCall))]
    [InlineData(typeof(ByTypeArgument))]
    [InlineData(typeof(ByLambda))]
    [InlineData(typeof(ByIterator))]
    [InlineData(typeof(ByCatch))]
    public void A_type_that_uses_a_higher_floor_is_found_however_it_uses_it(Type low)
    {
        string? FolderOf(Type type) => type == typeof(HighThing) || type.DeclaringType == typeof(HighThing) ? "High" : type == low ? "Low" : null;

        FloorRules.CheckUses(typeof(HighThing).Assembly, [Floor(1, "Low"), Floor(2, "High")], FolderOf)
            .Should().Equal($"Low/{low.Name} uses HighThing of High, which Low does not see");
        FloorRules.CheckUses(typeof(HighThing).Assembly, [Floor(3, "Low", "High"), Floor(2, "High")], FolderOf)
            .Should().BeEmpty();
    }

    [Fact]
    public void A_row_that_lists_an_unused_folder_is_found()
    {
        static string? FolderOf(Type type) => type == typeof(HighThing) ? "High" : type == typeof(Innocent) ? "Low" : null;

        FloorRules.CheckUses(typeof(HighThing).Assembly, [Floor(3, "Low", "High"), Floor(2, "High")], FolderOf)
            .Should().Equal("Low uses nothing of High, which its row lists");
    }

    [Fact]
    public void A_type_that_uses_no_other_floor_is_accepted() =>
        TypeUses.Of(typeof(Innocent)).Should().NotContain(typeof(HighThing)).And.Contain(typeof(StringBuilder));

    private static Floor Floor(int number, string folder, params string[] sees) => new(number, folder, sees.ToHashSet(StringComparer.Ordinal));
}
