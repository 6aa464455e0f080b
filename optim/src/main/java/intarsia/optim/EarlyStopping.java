package intarsia.optim;

import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import intarsia.linalg.View;

/**
 * Early stopping on a validation loss (Prechelt 1998): keeps the best values seen, and reports when a number of evaluations in a row (the
 * patience) has brought no lower loss. An evaluation allocates nothing.
 */
public final class EarlyStopping {
    /** The result of an evaluation. */
    public enum Verdict {
        /** The best so far; the values were kept. */
        IMPROVED,
        /** Not better; patience is left. */
        WAITING,
        /** Not better, and patience is used up. */
        EXHAUSTED,
        /** The loss is not a finite number. */
        DIVERGED
    }

    private final int patience;
    private final Command keep;
    private final Command restore;
    private double best = Double.POSITIVE_INFINITY;
    private int looks;
    private int bestLook;

    /** Early stopping for these values with this patience. */
    public EarlyStopping(Kernels kernels, View values, int patience) {
        if (patience < 1) {
            throw new IllegalArgumentException("patience " + patience + ": at least 1 is needed");
        }
        this.patience = patience;
        View kept = View.of(kernels.allocate(values.size()), values.rows(), values.columns());
        keep = kernels.copy(values, kept);
        restore = kernels.copy(kept, values);
        keep.run();
    }

    /** Records the loss of the current values. */
    public Verdict look(double loss) {
        looks++;
        if (!Double.isFinite(loss)) {
            return Verdict.DIVERGED;
        }
        if (loss < best) {
            best = loss;
            bestLook = looks;
            keep.run();
            return Verdict.IMPROVED;
        }
        return looks - bestLook >= patience ? Verdict.EXHAUSTED : Verdict.WAITING;
    }

    /** Restores the best values; those from the start if no loss was finite. */
    public void restoreBest() {
        restore.run();
    }

    /** The smallest loss seen; infinity before the first. */
    public double best() {
        return best;
    }

    /** The evaluation, counted from 1, with the smallest loss; 0 before the first. */
    public int bestLook() {
        return bestLook;
    }
}
