package intarsia.models.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.TaskSet;
import intarsia.models.simulation.SharedCoefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodGainTest {
    private static final SharedCoefficients ALIKE = new SharedCoefficients(6, 40, 10, 3, 0, 0, 0.2, 0, 0.2);

    private static MethodGain of(TaskSet data, Estimator together, Estimator alone) {
        try (Engine engine = Engine.open()) {
            return MethodGain.of(engine, data, together, alone, 99, RandomStream.of(1));
        }
    }

    @Test
    void poolingHelpsWhereTasksAgreeAndDoesHarmWhereTheyDoNot() {
        MethodGain alike = of(ALIKE.rows(18).draw(RandomStream.of(3)), Regression.POOLED, Regression.DEFAULT);
        assertThat(alike.gain().share()).isPositive();
        assertThat(alike.gain().probability()).isLessThanOrEqualTo(0.05);
        MethodGain unlike = of(ALIKE.delta(4).draw(RandomStream.of(3)), Regression.POOLED, Regression.DEFAULT);
        assertThat(unlike.gain().share()).isNegative();
        assertThat(unlike.gain().probability()).isLessThanOrEqualTo(0.05);
    }

    /** Squared distance from the mean of the other folds, for every row once. */
    @Test
    void rowsAreLeftOutOnce() {
        TaskSet data = ALIKE.draw(RandomStream.of(3));
        try (Engine engine = Engine.open()) {
            var context = LeftOutDeviances.context(engine, data, RandomStream.of(1));
            var folds = context.split().folds(5, 10, RandomStream.of(2));
            Map<String, double[]> left = LeftOutDeviances.of(context, folds, new MeanPredictor()).byTask();
            for (String task : left.keySet()) {
                double total = 0;
                for (var fold : folds) {
                    double mean = Arrays.stream(fold.task(task).responses(fold.task(task).trainAndValidation())).average().orElseThrow();
                    total += Arrays.stream(fold.task(task).responses(fold.task(task).test())).map(v -> (v - mean) * (v - mean)).sum();
                }
                assertThat(left.get(task)).hasSize(40);
                double power = Math.log(Arrays.stream(left.get(task)).sum() / total) / Math.log(2);
                assertThat(power).as("but for a power of two").isCloseTo(Math.rint(power), within(1e-9));
            }
            MethodGain same = of(data, new MeanPredictor(), new MeanPredictor());
            assertThat(same.gain()).isEqualTo(new SharingGain.Gain(-0.0, 1));
        }
    }

    @Test
    void whatCannotBeFittedSaysWhy() {
        TaskSet few = ALIKE.rows(6).draw(RandomStream.of(3));
        assertThat(of(few, Regression.POOLED, Regression.DEFAULT).problem()).contains("too few rows");
        assertThat(of(few, Regression.POOLED, Regression.DEFAULT).gain().share()).isNaN();
    }

    @Test
    void networksAreAmongThem() {
        try (Engine engine = Engine.open()) {
            List<String> told = new ArrayList<>();
            List<MethodGain> all = MethodGain.all(engine, ALIKE.tasks(2).rows(20).draw(RandomStream.of(3)), 9, RandomStream.of(1),
                    (method, done, total) -> told.add(method + " " + done + "/" + total));
            assertThat(all).extracting(found -> found.method().key()).containsExactly("pooled-regression", "mtl-hmb", "dual-encoder", "gp");
            assertThat(told).hasSize(4).last().asString().isEqualTo(all.getLast().method().name() + " 3/4");
        }
    }
}
