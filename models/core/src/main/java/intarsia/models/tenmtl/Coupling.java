package intarsia.models.tenmtl;

import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;
import intarsia.optim.prox.TraceNorm;

/** A convex penalty that couples the coefficients of individuals, seen as a matrix [p x individuals]. */
public sealed interface Coupling {
    /** The part with a proximal operator. */
    Penalty penalty(int predictors, int individuals);

    /** The weight of {@code 1/2 sum_i ||B_i - mean||^2}; 0 where that is no part. */
    double meanWeight();

    /**
     * Pulls individuals to their mean: {@code weight / 2 sum_i ||B_i - mean||^2} (Evgeniou &amp; Pontil 2004).
     *
     * @param weight not negative
     */
    record Mean(double weight) implements Coupling {
        /** Checks the weight. */
        public Mean {
            Penalty.checkWeight("weight", weight);
        }

        @Override
        public Penalty penalty(int predictors, int individuals) {
            return Penalty.none();
        }

        @Override
        public double meanWeight() {
            return weight;
        }
    }

    /**
     * Keeps or drops a predictor for all at once: {@code weight sum_j ||B_j.||_2}, the L21 norm (Obozinski, Taskar &amp; Jordan 2010).
     *
     * @param weight not negative
     */
    record Features(double weight) implements Coupling {
        @Override
        public Penalty penalty(int predictors, int individuals) {
            return new GroupLasso(weight, individuals);
        }

        @Override
        public double meanWeight() {
            return 0;
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
        public double meanWeight() {
            return 0;
        }
    }
}
