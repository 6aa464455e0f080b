package intarsia.models;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Resampling;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;

/**
 * A way to fit a model: a value with options. Every method implements it, so that comparing, tuning, saving and studies know no model.
 *
 * {@snippet class="intarsia.tutorial.JavaTutorial" region="fit"}
 */
public interface Estimator {
    /** Share of rows held out to choose and stop by where a user gives no split. */
    double VALIDATION_SHARE = Resampling.VALIDATION_SHARE;

    /** Its name in files and at the command line, such as {@code mtl-hmb}. */
    String key();

    /** Its name in tables and figures, such as {@code MTL-HMB}. */
    String name();

    /** Whether it learns responses of this family; unless it says otherwise, those whose number and linear predictor are one each. */
    default boolean learns(ResponseFamily family) {
        return family.glm() != null && !family.hasOffset();
    }

    /**
     * Makes sure that it learns the responses of all tasks.
     *
     * @throws DataException naming the first task whose response it does not learn
     */
    default void requireLearned(DataSplit split) {
        for (TaskSplit task : split.tasks()) {
            if (!learns(task.task().family())) {
                throw new DataException(name() + " does not learn the response of task '" + task.task().name() + "', which is of kind "
                        + task.task().family().key() + (task.task().family().hasOffset() ? " with an offset" : ""));
            }
        }
    }

    /**
     * What tasks must have in common to be fitted together; nothing unless it says otherwise. Tasks for which it differs are fitted apart
     * by {@link intarsia.models.reduction.ResponsesApart}.
     */
    default Object together(Task task) {
        return "";
    }

    /** The publication that it follows, for a list of references; empty where it has none of its own. */
    default String reference() {
        return "";
    }

    /**
     * Fits on training rows, choosing and stopping by validation rows; test rows are not looked at.
     *
     * @throws DataException if the data cannot be learned from by this method; the message says why and what can
     */
    Outcome<? extends Model> fit(FitContext context);

    /** Fits on all rows, a fifth of them held out to choose and stop by, with an F64 engine of one thread. */
    default Outcome<? extends Model> fit(TaskSet data, long seed) {
        RandomStream random = RandomStream.of(seed, "fit");
        try (Engine engine = Engine.open()) {
            return fit(new FitContext(engine, DataSplit.random(data, VALIDATION_SHARE, 0, random), random, Progress.NONE));
        }
    }

    /**
     * The same, for fitting the same tasks on other rows: its search may begin where that of a fitted model ended. It takes less
     * time; where there are several optima it may find another one.
     *
     * @param fitted a model that this estimator fitted
     */
    default Estimator startingFrom(Model fitted) {
        return this;
    }

    /** Whether a model was fitted by this estimator, with just these options; false where it cannot tell. */
    default boolean made(Model model) {
        return false;
    }

    /** The same, trained for at most so many epochs; itself where it is not trained by epochs. */
    default Estimator atMost(int epochs) {
        return this;
    }

    /** The same under another name, for comparing several with different options. */
    default Estimator named(String key, String name) {
        return new Named(key, name, this);
    }

    /**
     * An estimator under another name.
     *
     * @param key       its name in files
     * @param name      its name for people
     * @param estimator what it does
     */
    record Named(String key, String name, Estimator estimator) implements Estimator {
        @Override
        public String reference() {
            return estimator.reference();
        }

        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            return estimator.fit(context);
        }

        @Override
        public Estimator startingFrom(Model fitted) {
            return new Named(key, name, estimator.startingFrom(fitted));
        }

        @Override
        public boolean learns(ResponseFamily family) {
            return estimator.learns(family);
        }

        @Override
        public Object together(Task task) {
            return estimator.together(task);
        }

        @Override
        public boolean made(Model model) {
            return estimator.made(model);
        }

        @Override
        public Estimator atMost(int epochs) {
            return new Named(key, name, estimator.atMost(epochs));
        }
    }
}
