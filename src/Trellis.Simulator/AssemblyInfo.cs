using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Trellis.Simulator.Tests")]
