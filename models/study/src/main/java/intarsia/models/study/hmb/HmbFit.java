package intarsia.models.study.hmb;

import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.hmb.Completion;
import intarsia.models.study.Tuner;
import java.util.List;

/** What a method of this study does: it tunes and fits on training and validation rows; a pure function of what it is given. */
@FunctionalInterface
public interface HmbFit {
    /** What it found; test rows of the splits are not looked at. */
    Found fit(Tuner tuner, Grid grid, TaskSet data, List<Split> splits, RandomStream random);

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
    record Found(Predictor predictor, Completion completion, String chosen, double loss, int fits, long steps) {}
}
