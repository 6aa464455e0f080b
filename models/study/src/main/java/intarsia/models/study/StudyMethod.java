package intarsia.models.study;

import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.hmb.Completion;
import java.util.List;

/**
 * A method that a study compares: tuned on training and validation rows.
 *
 * @param key  its name in files and at the command line
 * @param name its name in tables and figures
 * @param fit  what it does
 */
public record StudyMethod(String key, String name, Fit fit) {
    /** Tunes and fits; a pure function of what it is given. */
    @FunctionalInterface
    public interface Fit {
        /** What it found; test rows of the splits are not looked at. */
        Found fit(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random);
    }

    /**
     * What a method found.
     *
     * @param predictor  the fitted model
     * @param completion how it imputes, or null if it does not
     * @param chosen     the points that tuning chose, for people
     * @param loss       validation loss of the choice; NaN without tuning
     * @param fits       fits in all
     * @param steps      optimizer steps in all
     */
    public record Found(Predictor predictor, Completion completion, String chosen, double loss, int fits, long steps) {}
}
