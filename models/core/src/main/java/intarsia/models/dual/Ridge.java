package intarsia.models.dual;

import intarsia.optim.prox.Penalty;

/** {@code sum_r lambda_r ||beta_r - beta||_2^2}: every task is shrunk towards the center, none reaches it. */
public record Ridge() implements TowardsCenter {
    static final Form FORM = Form.of("ridge", Ridge::new);
    /** From so many times group's largest weight on, deviations hardly matter. */
    private static final double STIFF = 100;

    @Override
    public String key() {
        return FORM.name();
    }

    @Override
    public Penalty onDeviation(double lambda, int width) {
        return Penalty.ridge(2 * lambda);
    }

    /** Infinite: tasks never share exactly. */
    @Override
    public double largestWeight(CoefficientProblem problem) {
        return Double.POSITIVE_INFINITY;
    }

    /** 100 times the largest weight of {@link Group}. */
    @Override
    public double pathStart(CoefficientProblem problem) {
        return STIFF * problem.similarity(new Group(), 0).largestWeight();
    }
}
