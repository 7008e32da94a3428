using System.CommandLine;
using System.Text;
using Trellis.Configuration.Writing;
using Trellis.Core;

namespace Trellis.Cli.Config;

/// <summary>Writes a text to the screen or to a new file; an existing file only where that is asked for.</summary>
internal static class OutputFile
{
    public static Option<string?> Option() => new("--out") { Description = "The file to write; without it, the text goes to standard output." };

    public static Option<bool> ForceOption() => new("--force") { Description = "Replace the file where it exists." };

    /// <summary>The format of a configuration's file; yaml for standard output, and for what is no file, which <see cref="Write"/> refuses.</summary>
    /// <exception cref="ConfigurationException">The extension is that of no format.</exception>
    public static string FormatOf(string? path) => string.IsNullOrWhiteSpace(path) || Directory.Exists(path) ? "yaml" : DocumentWriter.FormatOf(path)
        ?? throw new ConfigurationException($"--out {path}: its extension says no format; allowed: .yaml, .yml, .json, .ini");

    /// <exception cref="ConfigurationException">The file exists and <paramref name="force"/> is off, or it can't be written.</exception>
    public static void Write(string text, string? path, bool force, TextWriter output)
    {
        if (path is null)
        {
            output.Write(text);
            return;
        }

        if (string.IsNullOrWhiteSpace(path) || Directory.Exists(path))
        {
            throw new ConfigurationException(string.IsNullOrWhiteSpace(path) ? "--out is empty; allowed: the name of a file" : $"--out {path} is a folder; allowed: the name of a file");
        }

        try
        {
            // Create-new rather than a look beforehand: a file that appears in between is not lost.
            using var file = new FileStream(path, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException error) when (!force && File.Exists(path))
        {
            throw new ConfigurationException($"{path} exists already; choose another name, or add --force to replace it", error);
        }
        catch (Exception error) when (error is DirectoryNotFoundException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ConfigurationException($"{path} can't be written: {error.Message}", error);
        }

        output.WriteLine($"wrote {path}");
    }
}
