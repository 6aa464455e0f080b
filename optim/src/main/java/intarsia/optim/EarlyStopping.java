package intarsia.optim;

import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import intarsia.linalg.View;

/**
 * Watches a validation loss, keeps the best values seen, and says when a number of looks in a row (the patience) has brought nothing better
 * (Prechelt 1998). Looking allocates nothing.
 */
public final class EarlyStopping {
    /** What a look at the loss says. */
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

    /** Watches these values with this patience. */
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

    /** Takes the loss of the values as they are now. */
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

    /** Puts the best values back; those from the start if no loss was finite. */
    public void restoreBest() {
        restore.run();
    }

    /** The smallest loss seen; infinity before the first. */
    public double best() {
        return best;
    }

    /** At which look, counted from 1, the smallest loss was seen; 0 before the first. */
    public int bestLook() {
        return bestLook;
    }
}
