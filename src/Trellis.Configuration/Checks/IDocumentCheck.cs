using Trellis.Configuration.Model;
using Trellis.Core;

namespace Trellis.Configuration.Checks;

/// <summary>
/// A rule that needs more than the document's own shape, e.g. the ladder of a grid. The loader asks it once the document
/// is sound in itself, and fills in where each path was written.
/// </summary>
public interface IDocumentCheck
{
    /// <summary>What is wrong, with paths such as <c>bots[0].grid.investment</c>; nothing where all is well.</summary>
    IEnumerable<ConfigurationProblem> Check(Document document);
}
