using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Core.Tests")]
