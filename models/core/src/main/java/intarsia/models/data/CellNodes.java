package intarsia.models.data;

import intarsia.autodiff.Node;

/**
 * A source's cells in a graph, as they come: numbers of continuous columns, 0 or 1 of binary ones, codes of levels.
 *
 * @param values rows x columns, in the order of the source's columns; 0 where a cell is not known
 * @param known  rows x columns: 1 where a cell is known, else 0
 */
public record CellNodes(Node values, Node known) {
    /** Whether a row has the source, 1 or 0: rows x 1. */
    public Node observed() {
        Node count = known.sum(1).reshape(known.shape().size(0), 1);
        return count.atLeast(count.graph().constant(1));
    }
}
