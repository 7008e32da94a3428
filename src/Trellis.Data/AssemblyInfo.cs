using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Data.Tests")]
