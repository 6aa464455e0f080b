package intarsia.models.evaluation;

import intarsia.linalg.RandomStream;
import intarsia.models.Model;
import intarsia.models.Predictor;
import intarsia.models.data.Observations;
import intarsia.models.explanation.RowChange;
import java.util.List;
import java.util.stream.IntStream;

/** Held-out rows of a task, changed in every way there is ({@link RowChange#all}) and predicted again. */
public final class ChangedRows {
    /** Of more rows the first are changed; held-out rows stand in an order that has nothing to do with what is in them. */
    public static final int MOST = 500;
    /** Of more splits of a comparison the first are explained: predicting changed rows takes as long as a fit of a small model. */
    public static final int SPLITS = 5;

    private ChangedRows() {}

    /**
     * What a model predicts of them.
     *
     * @param model  says what it reads
     * @param bound  it on an engine
     * @param rows   held out of its fit
     * @param others the tasks that the rows are predicted as, too
     * @param random what draws are derived from, by the task's name and the change's
     */
    public static List<Evaluation.Changed> of(Model model, Predictor bound, String task, Observations rows, List<String> others,
            RandomStream random) {
        Observations some = rows.size() <= MOST ? rows : rows.select(IntStream.range(0, MOST).toArray());
        return RowChange.all(task, some, model.sources(), others).stream().map(change -> new Evaluation.Changed(change,
                bound.predict(change.task().isEmpty() ? task : change.task(),
                        change.of(some, random.child(task).child(change.toString()))))).toList();
    }
}
