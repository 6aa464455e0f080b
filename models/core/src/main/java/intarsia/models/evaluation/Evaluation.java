package intarsia.models.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One estimator, fitted and judged on one split.
 *
 * @param repeat    number of the split, from 0
 * @param estimator the estimator's key
 * @param chosen    what tuning chose or options gave
 * @param note      the limit that ended the fit, or null
 * @param seconds   how long it took
 * @param scores    its figures on test rows, task by task
 */
public record Evaluation(int repeat, String estimator, Map<String, String> chosen, String note, double seconds,
        List<Comparison.Score> scores) {
    /** Copies map and list. */
    public Evaluation {
        chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
        scores = List.copyOf(scores);
    }
}
