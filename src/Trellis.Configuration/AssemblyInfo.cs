using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Configuration.Tests")]
