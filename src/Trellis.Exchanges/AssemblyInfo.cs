using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Exchanges.Tests")]
