using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Engine.Tests")]
