package intarsia.models.tenmtl;

import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;
import intarsia.optim.prox.TraceNorm;

/** A convex penalty that couples the coefficients of individuals, seen as a matrix [p x individuals]. */
public sealed interface Coupling {
    /** The penalty of the matrix, row by row. */
    Penalty penalty(int predictors, int individuals);

    /** Its weight. */
    double weight();

    /** Its name in files. */
    String key();

    /** Its name for people. */
    String name();

    /**
     * Keeps or drops a predictor for all at once: {@code weight sum_j ||B_j.||_2}, the L21 norm (Obozinski, Taskar &amp; Jordan 2010).
     *
     * @param weight not negative
     */
    record JointSparsity(double weight) implements Coupling {
        @Override
        public Penalty penalty(int predictors, int individuals) {
            return new GroupLasso(weight, individuals);
        }

        @Override
        public String key() {
            return "l21";
        }

        @Override
        public String name() {
            return "L21";
        }
    }

    /**
     * Favors few common directions: {@code weight} times the trace norm (Argyriou, Evgeniou &amp; Pontil 2008).
     *
     * @param weight not negative
     */
    record LowRank(double weight) implements Coupling {
        @Override
        public Penalty penalty(int predictors, int individuals) {
            return new TraceNorm(weight, predictors, individuals);
        }

        @Override
        public String key() {
            return "trace";
        }

        @Override
        public String name() {
            return "trace norm";
        }
    }
}
