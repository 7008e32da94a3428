using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Storage.Tests")]
