package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;

/** A way to fit a generalized linear model for each individual; where data are tables, a task is an individual. */
public sealed interface PersonalEstimator extends Estimator
        permits Local, Global, TruncatedLocal, SvdAso, MeanRegularized, Coupled, TenMtl {
    /** What tensor a row's columns make. */
    TensorForm form();

    /** What it is fitted with, name by name, for people. */
    Map<String, String> hyperparameters();

    /**
     * Fits individuals whose predictors are tensors of one shape; {@link #form} plays no part.
     *
     * @param family of their responses
     * @param random what random numbers are derived from
     * @throws IllegalArgumentException if there is no individual, or their predictors have different shapes
     */
    Outcome<PersonalCoefficients> fit(List<Individual> individuals, ResponseFamily family, RandomStream random);

    /** Individuals have responses of one kind. */
    @Override
    default Object together(Task task) {
        return task.family();
    }

    /**
     * Fits the training rows of every task, encoded by {@link TensorEncoding}; validation rows are not looked at.
     *
     * @throws intarsia.models.data.DataException as {@link TensorEncoding#of}
     */
    @Override
    default Outcome<? extends Model> fit(FitContext context) {
        requireLearned(context.split());
        TensorEncoding encoding = TensorEncoding.of(context.split(), form());
        return fit(encoding.individuals(context.split()), encoding.response(), context.random())
                .map(coefficients -> PersonalModel.of(this, encoding, coefficients));
    }
}
