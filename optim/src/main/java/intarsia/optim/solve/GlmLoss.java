package intarsia.optim.solve;

import java.util.Arrays;

/** The loss of a {@link GlmProblem}: c is its intercept, if it has one, and eta is what the predictors add to that and to the offsets. */
final class GlmLoss implements SparseLoss {
    private final GlmProblem problem;
    private final Family family;
    private final double[] w;
    /** The intercept to start from. */
    private final double begin;
    private final double[] y;
    private final double[] offsets;

    GlmLoss(GlmProblem problem) {
        this.problem = problem;
        this.family = problem.family();
        this.w = problem.weights();
        this.begin = problem.intercept() ? family.bestShift(problem.response(), w, problem.offsets()) : 0;
        this.y = problem.response().clone();
        this.offsets = problem.offsets().clone();
        for (int i = 0; i < y.length; i++) {
            offsets[i] += begin;
            if (family == Family.GAUSSIAN) {
                // what an intercept takes up costs the residuals no digits
                y[i] -= offsets[i];
                offsets[i] = 0;
            }
        }
    }

    @Override
    public int outputs() {
        return 1;
    }

    /** The best intercept where that has a closed form, else 0. */
    @Override
    public double[] start() {
        return problem.intercept() ? new double[] {begin} : new double[0];
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
        double[] whole = offsets.clone();
        double intercept = problem.intercept() ? c[0] - begin : 0;
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
        double[] given = problem.response();
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += w[i] == 0 ? 0 : w[i] * switch (family) {
                case GAUSSIAN -> given[i] * given[i] + problem.offsets()[i] * problem.offsets()[i];
                case BINOMIAL -> 1;
                case POISSON -> given[i];
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
