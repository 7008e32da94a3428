using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Trellis.Architecture.Tests;

/// <summary>Reads the compiled core: a decision sees no clock, no random number, no file, no network and no thread.</summary>
public sealed class CorePurityTests
{
    // What an embedded resource is read with; everything else in System.IO reaches for files.
    private static readonly string[] HarmlessStreams =
        ["Stream", "MemoryStream", "UnmanagedMemoryStream", "TextReader", "TextWriter", "StringReader", "StringWriter", "StreamReader", "InvalidDataException", "EndOfStreamException"];

    private static readonly string[] ForbiddenNamespaces = ["System.Net", "System.Threading", "System.Diagnostics.Tracing", "Microsoft.Win32"];

    private static readonly string[] ForbiddenTypes =
        ["System.Console", "System.Random", "System.TimeProvider", "System.Environment", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Security.Cryptography.RandomNumberGenerator"];

    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid",
    ];

    [Fact]
    public void The_core_touches_no_type_of_the_outer_world()
    {
        using var file = Open();
        var metadata = file.GetMetadataReader();

        metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle))
            .Select(type => (Space: metadata.GetString(type.Namespace), Name: metadata.GetString(type.Name)))
            .Where(type => IsForbidden(type.Space, type.Name))
            .Select(type => $"{type.Space}.{type.Name}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_core_calls_no_clock_and_opens_no_path()
    {
        using var file = Open();
        var metadata = file.GetMetadataReader();

        metadata.MemberReferences.Select(handle => metadata.GetMemberReference(handle))
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Where(member => ForbiddenMembers.Contains(FullName(metadata, member)) || OpensAPath(metadata, member))
            .Select(member => FullName(metadata, member))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_core_calls_no_native_code()
    {
        using var file = Open();

        file.GetMetadataReader().GetTableRowCount(TableIndex.ModuleRef).ShouldBe(0);
    }

    private static PEReader Open() => new(File.OpenRead(Rooms.AssemblyPath("Trellis.Core")));

    private static bool IsForbidden(string space, string name) =>
        ForbiddenNamespaces.Any(forbidden => space == forbidden || space.StartsWith(forbidden + ".", StringComparison.Ordinal))
        || ForbiddenTypes.Contains($"{space}.{name}")
        || (space == "System.IO" && !HarmlessStreams.Contains(name))
        || space.StartsWith("System.IO.", StringComparison.Ordinal);

    private static string FullName(MetadataReader metadata, MemberReference member)
    {
        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}";
    }

    // A constructor of StreamReader whose first parameter is a string opens a file. ECMA-335 II.23.2.1: convention,
    // number of parameters, return type (1 = void), first parameter (14 = string).
    private static bool OpensAPath(MetadataReader metadata, MemberReference member) =>
        FullName(metadata, member) == "System.IO.StreamReader..ctor"
        && metadata.GetBlobBytes(member.Signature) is [_, > 0, 0x01, 0x0E, ..];
}
