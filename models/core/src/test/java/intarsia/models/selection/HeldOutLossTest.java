package intarsia.models.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.models.Predictor;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeldOutLossTest {
    private static final Source EXAM = Source.of("exam", "age");
    private static final double[][] AGES = {{1}, {2}, {3}, {4}, {5}};
    private static final TaskSet DATA = TaskSet.builder()
            .task(Task.continuous("amount").block(EXAM, AGES).response(0, 4, 10, 20, 70))
            .task(Task.continuous("fixed").block(EXAM, AGES).response(3, 3, 3, 5, 7))
            .task(Task.binary("sick").block(EXAM, AGES).response(0, 1, 1, 1, 0))
            .task(Task.binary("unjudged").block(EXAM, AGES).response(0, 1, 1, 1, 0))
            .build();
    private static final DataSplit SPLIT = DataSplit.of(DATA, task -> new TaskSplit(task, new int[] {0, 1}, task.name().equals("unjudged")
            ? new int[0] : new int[] {2, 3}, new int[] {4}));

    /** 6 for amounts, 0.8 for probabilities. */
    private static final Predictor PREDICTOR = (task, rows) -> {
        double[] predicted = new double[rows.size()];
        Arrays.fill(predicted, task.equals("amount") || task.equals("fixed") ? 6 : 0.8);
        return predicted;
    };

    @Test
    void aTasksLossIsItsMeanDevianceInItsOwnUnit() {
        // the training responses 0 and 4 have variance 4; 3 and 3 have none, and no unit
        double amount = (16 + 196) / 2.0 / 4;
        double fixed = (9 + 1) / 2.0;
        double sick = -2 * Math.log(0.8);
        assertThat(HeldOutLoss.validation(PREDICTOR, SPLIT)).isCloseTo((amount + fixed + sick) / 3, within(1e-12));
        assertThat(HeldOutLoss.of(PREDICTOR, SPLIT, TaskSplit::test)).isCloseTo((64 * 64 / 4.0 + 1 - 4 * Math.log(0.2)) / 4, within(1e-12));
        assertThat(HeldOutLoss.validation(PREDICTOR, SPLIT.withoutValidation())).isNaN();
    }
}
