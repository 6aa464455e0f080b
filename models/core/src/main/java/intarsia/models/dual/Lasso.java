package intarsia.models.dual;

import intarsia.optim.prox.Penalty;
import java.util.Arrays;

/** {@code sum_r lambda_r ||beta_r - beta||_1}: a task leaves the center in some coordinates. */
public record Lasso() implements TowardsCenter {
    static final Form FORM = Form.of("lasso", Lasso::new);

    @Override
    public String key() {
        return FORM.name();
    }

    @Override
    public Penalty onDeviation(double lambda, int width) {
        return Penalty.l1(lambda);
    }

    /** {@code max_r ||g_r||_inf / sqrt(d / n_r)}. */
    @Override
    public double largestWeight(CoefficientProblem problem) {
        return problem.largestSlope(slope -> Arrays.stream(slope).map(Math::abs).max().orElse(0));
    }
}
