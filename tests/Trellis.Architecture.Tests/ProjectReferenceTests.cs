using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Trellis.Architecture.Tests;

public sealed class ProjectReferenceTests
{
    public static TheoryData<string> Projects => Rooms.All;

    [Fact]
    public void Every_project_has_its_row_in_the_table_of_rooms()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName);

        folders.ShouldBe(Rooms.MayUse.Keys, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_refers_only_to_projects_that_it_may_use(string project)
    {
        var used = Elements(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        used.Except(Rooms.MayUse[project], StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_projects_that_it_may_use(string project)
    {
        using var file = new PEReader(File.OpenRead(Rooms.AssemblyPath(project)));
        var metadata = file.GetMetadataReader();
        var used = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => name.StartsWith("Trellis", StringComparison.OrdinalIgnoreCase));

        used.Except(Rooms.MayUse[project], StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void The_core_needs_no_package()
    {
        Elements("Trellis.Core", "PackageReference").ShouldBeEmpty();
        Elements("Trellis.Core", "FrameworkReference").ShouldBeEmpty();
    }

    [Fact]
    public void Packages_get_their_version_in_one_place()
    {
        var own = Repository.TrackedFiles()
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(path => XDocument.Parse(Repository.Read(path)).Descendants("PackageReference").Any(element => element.Attribute("Version") is not null));

        own.ShouldBeEmpty();
    }

    private static IEnumerable<string> Elements(string project, string name) =>
        XDocument.Parse(Repository.Read($"src/{project}/{project}.csproj"))
            .Descendants(name)
            .Select(element => (string?)element.Attribute("Include") ?? "");
}
