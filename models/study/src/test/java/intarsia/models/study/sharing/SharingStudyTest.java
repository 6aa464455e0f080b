package intarsia.models.study.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.Progress;
import intarsia.models.execution.LocalExecutor;
import intarsia.models.study.Choices;
import intarsia.models.study.Item;
import intarsia.models.study.ItemCells;
import intarsia.models.study.Measurements;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyRunner;
import intarsia.models.study.dual.DualData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharingStudyTest {
    private static final SharingWork WORK = new SharingWork(1, new Engine.Options("scalar", Precision.F64, 1));

    @TempDir
    private Path folder;

    private static Estimator method(String key) {
        return Choices.find("method", key, SharingMethods.all(), Estimator::key);
    }

    private static Setting<DualData> setting(String key, Double... values) {
        return Choices.find("setting", key, SharingSettings.all(), Setting::key).at(List.of(values));
    }

    /** One line per replicate: the mean line has its zero between values, at the first, or nowhere. */
    @Test
    void aThresholdIsWhereTheMeanGainIsZero() {
        double[] values = {0, 1, 3};
        SharingThreshold between = SharingThreshold.of(values, new double[][] {{3, 1, -1}, {1, 1, -5}}, RandomStream.of(1));
        assertThat(between.at()).isCloseTo(1 + 2 * 1 / (1 + 3.0), within(1e-15));
        assertThat(between.low()).as("the second alone").isCloseTo(1 + 2 / 6.0, within(1e-15));
        assertThat(between.high()).as("the first alone").isCloseTo(1 + 2 / 2.0, within(1e-15));
        assertThat(between.text(3)).isEqualTo("1.50 (1.33 to 2.00)");
        SharingThreshold never = SharingThreshold.of(values, new double[][] {{2, 1, 1}, {1, 1, 0.5}}, RandomStream.of(1));
        assertThat(never.text(3)).isEqualTo("beyond 3.00 (beyond 3.00 to beyond 3.00)");
        assertThat(SharingThreshold.of(values, new double[][] {{-1, 1, 1}}, RandomStream.of(1)))
                .isEqualTo(new SharingThreshold(0, 0, 0));
        double[] scale = {10, 20, 24};
        assertThat(SharingThreshold.on(0, values, scale)).isEqualTo(10);
        assertThat(SharingThreshold.on(1, values, scale)).isEqualTo(20);
        assertThat(SharingThreshold.on(1.5, values, scale)).isEqualTo(21);
        assertThat(SharingThreshold.on(Double.POSITIVE_INFINITY, values, scale)).isInfinite();
    }

    /** The whole way in small: what is pooled helps where all agree and does harm where none do; the scale as measured grows. */
    @Test
    void sharingCeasesToHelpPooledRegression() throws IOException {
        List<Estimator> methods = Stream.of("ridge-alone", "ridge").map(SharingStudyTest::method).toList();
        Setting<DualData> responses = setting("posterior", 0.0, 4.0);
        SharingStudy study = new SharingStudy(List.of(responses, setting("covariates", 0.0, 4.0)), methods, 2, WORK);
        Measurements measured;
        try (Pool pool = new Pool(1)) {
            measured = new StudyRunner<>(study.plan(), new LocalExecutor(pool), null).run(folder, Progress.NONE);
        }
        Estimator alone = method("ridge-alone");
        assertThat(measured.of(responses, 4, alone).sample(SharingWork.DISAGREEMENT).mean())
                .isGreaterThan(measured.of(responses, 0, alone).sample(SharingWork.DISAGREEMENT).mean());
        Setting<DualData> features = setting("covariates", 0.0, 4.0);
        assertThat(measured.of(features, 4, alone).sample(SharingWork.DISCREPANCY).mean())
                .isGreaterThan(2 * measured.of(features, 0, alone).sample(SharingWork.DISCREPANCY).mean());
        study.report(measured).write(folder, study.plan(), measured, "intarsia study sharing");
        assertThat(Files.readString(folder.resolve("tables.md"))).containsPattern("\\| Regression, pooled \\| 2 \\| \\+\\d.* "
                + "\\| -\\d.* \\| [0-3]\\.\\d\\d \\([0-3]\\.\\d\\d to [0-3]\\.\\d\\d\\) \\|");
    }

    /** Where all tasks are alike, groups are one, and the fit is the one without: to the bit. */
    @Test
    void aNetworkThatFindsOneGroupIsTheOneWithout() {
        Setting<DualData> alike = setting("alike", 100.0);
        ItemCells groups = WORK.measure(new Item<>(alike, 100, 1, method("hmb-groups")), 1);
        ItemCells all = WORK.measure(new Item<>(alike, 100, 1, method("hmb")), 1);
        assertThat(groups.text(SharingWork.GROUPS)).isEqualTo("0 0 0 0 0 0");
        assertThat(groups.text(SharingWork.BY_TASK)).isEqualTo(all.text(SharingWork.BY_TASK));
        assertThat(groups.text(SharingWork.DISAGREEMENT)).isEmpty();
    }

    @Test
    void everyKindHasItsWays() {
        List<String> keys = SharingMethods.all().stream().map(Estimator::key).toList();
        assertThat(keys).doesNotHaveDuplicates().contains("ridge-alone", "dual-groups");
        SharingMethods.all().stream().filter(method -> SharingMethods.mixed(method).isEmpty()).forEach(method ->
                assertThat(keys).contains(SharingMethods.kind(method), SharingMethods.kind(method) + "-alone"));
        SharingMethods.all().forEach(method -> assertThat(keys).containsAll(SharingMethods.mixed(method)));
    }
}
