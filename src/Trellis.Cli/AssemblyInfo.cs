using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Cli.Tests")]
