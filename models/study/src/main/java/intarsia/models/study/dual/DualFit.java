package intarsia.models.study.dual;

import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.study.Tuner;
import java.util.List;

/** What a method of this study does: it tunes and fits on training and validation rows; a pure function of what it is given. */
@FunctionalInterface
public interface DualFit {
    /** What it found; test rows of the splits are not looked at. */
    Found fit(Tuner tuner, TaskSet data, List<Split> splits, RandomStream random);

    /**
     * What a method found.
     *
     * @param predictor the fitted model
     * @param chosen    what tuning chose, for people
     */
    record Found(Predictor predictor, String chosen) {}
}
