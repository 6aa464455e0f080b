package intarsia.models.baseline;

import intarsia.linalg.Tensor;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Weights;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.ObservedTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plain logistic regression (binary response) or linear regression (continuous) of each task on the sources it observes, with a small ridge
 * so that the solution is unique:
 *
 * <pre>
 * minimize  sum_i loss(y_i, b + x_i' w) + ridge / 2 ||w||^2
 * </pre>
 *
 * Features are standardized; the intercept is not penalized. It learns from training and validation rows, since it needs none to stop by.
 * {@link RidgeSolver} has the algorithm and its cost.
 *
 * @param ridge the weight of the ridge; 1 is what common libraries use for logistic regression unless told otherwise
 */
public record Regression(double ridge) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "regression";
    /** With ridge 1. */
    public static final Regression DEFAULT = new Regression(1);

    /** Checks that the ridge is positive. */
    public Regression {
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge " + ridge + ": must be positive, else the solution need not be unique");
        }
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "regression";
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        DataSplit split = context.split().withoutValidation();
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        List<ObservedFeatures> features = new ArrayList<>();
        Weights weights = Weights.NONE;
        boolean converged = true;
        for (TaskSplit task : split.tasks()) {
            String name = task.task().name();
            ObservedFeatures own = ObservedFeatures.alone(task.task(), encoding);
            double[] y = Arrays.stream(task.responses(task.train())).map(value -> encoding.encodeResponse(name, value)).toArray();
            RidgeSolver.Solution solution = new RidgeSolver(task.task().family().glm(), ridge)
                    .solve(own.dense(task.observations(task.train())), own.width(), y);
            features.add(own);
            weights = weights.and(RegressionModel.COEFFICIENTS + name, Tensor.vector(solution.coefficients()));
            converged &= solution.converged();
        }
        Model model = new RegressionModel(this, ObservedTasks.of(features), weights);
        return converged ? new Outcome.Converged<>(model, 1) : new Outcome.Stopped<>(model, "regression reached its limit of Newton steps");
    }
}
