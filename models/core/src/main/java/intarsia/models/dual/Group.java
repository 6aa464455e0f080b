package intarsia.models.dual;

import intarsia.optim.prox.GroupLasso;
import intarsia.optim.prox.Penalty;

/**
 * {@code sum_r lambda_r ||beta_r - beta||_2}: a task takes the center's coefficients exactly, or leaves them (ARMUL, Duan &amp; Wang 2023).
 */
public record Group() implements TowardsCenter {
    static final Form FORM = Form.of("group", Group::new);

    @Override
    public String key() {
        return FORM.name();
    }

    @Override
    public Penalty onDeviation(double lambda, int width) {
        return new GroupLasso(lambda, width);
    }

    /** {@code max_r ||g_r||_2 / sqrt(d / n_r)}. */
    @Override
    public double largestWeight(CoefficientProblem problem) {
        return problem.largestSlope(Vectors::norm);
    }
}
