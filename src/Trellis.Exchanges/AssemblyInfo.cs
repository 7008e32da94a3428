using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Bench")]
[assembly: InternalsVisibleTo("Trellis.Exchanges.Tests")]
