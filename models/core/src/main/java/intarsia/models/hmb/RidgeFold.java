package intarsia.models.hmb;

import intarsia.models.net.TaskTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Candidates for the two ridges of {@link LinearPath}, judged in one fold.
 *
 * @param learned rows of each task to learn from
 * @param held    rows of each task to judge by
 * @param losses  of each candidate and task, the losses of the latter times how much each counts
 */
record RidgeFold(List<SharedRidge.Rows> learned, List<SharedRidge.Rows> held, double[][][] losses) {
    private static final double[] RIDGES = {10_000, 1000, 100, 10, 1};
    private static final double FAR = 100;

    /** How many pairs of ridges there are of each strength. */
    static final int KINDS = 3;

    /**
     * What is chosen from, the strongest ridges first; of each, from coefficients that are alike to ones that are not.
     */
    static final List<SharedRidge> CANDIDATES = candidates();

    private static List<SharedRidge> candidates() {
        List<SharedRidge> all = new ArrayList<>(List.of(SharedRidge.NO_COEFFICIENTS));
        for (double ridge : RIDGES) {
            all.addAll(List.of(new SharedRidge(ridge, FAR * ridge), new SharedRidge(ridge, ridge), new SharedRidge(FAR * ridge, ridge)));
        }
        return all;
    }

    /** Candidates of one kind: each begins where the stronger one before has ended, the first where there are no coefficients. */
    void judge(int kind, int p) {
        List<SharedRidge.Solution> at = CANDIDATES.getFirst().solve(learned, p);
        if (kind == 0) {
            losses[0] = losses(at);
        }
        for (int c = 1 + kind; c < losses.length; c += KINDS) {
            at = CANDIDATES.get(c).near(learned, p, at);
            losses[c] = losses(at);
        }
    }

    private double[][] losses(List<SharedRidge.Solution> of) {
        double[][] losses = new double[held.size()][];
        for (int i = 0; i < losses.length; i++) {
            double[] shares = TaskTable.shares(held.get(i).v());
            losses[i] = of.get(i).losses(held.get(i));
            for (int row = 0; row < shares.length; row++) {
                losses[i][row] *= shares[row];
            }
        }
        return losses;
    }
}
