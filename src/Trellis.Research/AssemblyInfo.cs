using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Research.Tests")]
[assembly: InternalsVisibleTo("Trellis.Bench")]
