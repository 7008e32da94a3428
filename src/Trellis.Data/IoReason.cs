namespace Trellis.Data;

/// <summary>Says in our own words why the system refused, since its words may be stripped from the program.</summary>
public static class IoReason
{
    /// <summary>Whether an error comes from the file system or from unreadable content, not from a mistake of ours.</summary>
    public static bool Covers(Exception error) => error is IOException or UnauthorizedAccessException or InvalidDataException
        or NotSupportedException or ArgumentException or OverflowException;

    public static string Of(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "access is denied, or it is a folder",
        InvalidDataException or NotSupportedException or ArgumentException or OverflowException => "its compressed content is damaged or cut off",
        EndOfStreamException => "it ends too early",
        _ => $"the system reports: {error.Message}",
    };
}
