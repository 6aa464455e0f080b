package intarsia.optim.solve;

import java.util.Arrays;

/** The loss of a {@link GlmProblem}: c is its intercept, if it has one, and eta is what the predictors add to that and to the offsets. */
final class GlmLoss implements SparseLoss {
    private final GlmProblem problem;
    private final Family family;
    private final double[] y;
    private final double[] w;

    GlmLoss(GlmProblem problem) {
        this.problem = problem;
        this.family = problem.family();
        this.y = problem.response();
        this.w = problem.weights();
    }

    @Override
    public int outputs() {
        return 1;
    }

    /** The best intercept where that has a closed form, else 0. */
    @Override
    public double[] start() {
        return problem.intercept() ? new double[] {family.bestShift(y, w, problem.offsets())} : new double[0];
    }

    @Override
    public boolean intercepts() {
        return problem.intercept();
    }

    @Override
    public boolean centered() {
        return problem.intercept();
    }

    @Override
    public double evaluate(double[] eta, double[] c, double[] u, double[] v) {
        double[] whole = whole(eta, c);
        if (problem.intercept()) {
            double shift = family.bestShift(y, w, whole);
            c[0] += shift;
            for (int i = 0; shift != 0 && i < whole.length; i++) {
                whole[i] += shift;
            }
        }
        return family.evaluate(y, w, whole, u, v);
    }

    private double[] whole(double[] eta, double[] c) {
        double[] whole = problem.offsets().clone();
        double intercept = problem.intercept() ? c[0] : 0;
        for (int i = 0; i < whole.length; i++) {
            whole[i] += eta[i] + intercept;
        }
        return whole;
    }

    @Override
    public double fenchelGap(double[] eta, double[] c, double scale) {
        double[] whole = whole(eta, c);
        double sum = 0;
        for (int i = 0; i < whole.length; i++) {
            sum += w[i] == 0 ? 0 : w[i] * family.fenchelGap(y[i], whole[i], scale);
        }
        return sum;
    }

    @Override
    public double magnitude() {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double of = y[i] - problem.offsets()[i];
            sum += w[i] == 0 ? 0 : w[i] * switch (family) {
                case GAUSSIAN -> of * of;
                case BINOMIAL -> 1;
                case POISSON -> y[i];
            };
        }
        return family == Family.POISSON && sum == 0 ? Arrays.stream(w).sum() : sum;
    }

    @Override
    public boolean recedes(double[] eta, double[] c, double slack) {
        double intercept = problem.intercept() ? c[0] : 0;
        double largest = 0;
        for (int i = 0; i < eta.length; i++) {
            largest = w[i] > 0 ? Math.max(largest, Math.abs(eta[i] + intercept)) : largest;
        }
        for (int i = 0; i < eta.length; i++) {
            if (w[i] > 0 && family.ascent(y[i], eta[i] + intercept) > slack * largest) {
                return false;
            }
        }
        return largest > 0;
    }

    @Override
    public void absorb(double[] shift, double[] c) {
        if (problem.intercept()) {
            c[0] += shift[0];
        }
    }
}
