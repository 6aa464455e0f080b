package intarsia.models.net;

import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.RandomStream;

/**
 * Mini-batches of one table: its rows in random order, shuffled again whenever fewer than a batch are left, so that every batch is full and
 * no plan is needed for a smaller one.
 */
public final class Batches {
    private final Rows rows;
    private final int[] order;
    private final RandomStream random;
    private int position;

    /** Batches of a table with so many rows. */
    public Batches(Rows rows, int tableRows, RandomStream random) {
        if (rows.size() > tableRows) {
            throw new IllegalArgumentException("batches of " + rows.size() + " from " + tableRows + " rows");
        }
        this.rows = rows;
        this.random = random;
        this.order = random.permutation(tableRows);
    }

    /** How many full batches there are before the rows are shuffled again. */
    int perRound() {
        return order.length / rows.size();
    }

    void next(Plan plan) {
        if (position + rows.size() > order.length) {
            random.shuffle(order);
            position = 0;
        }
        plan.set(rows, order, position);
        position += rows.size();
    }
}
