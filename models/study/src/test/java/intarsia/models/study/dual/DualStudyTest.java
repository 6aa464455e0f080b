package intarsia.models.study.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Elementary;
import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.models.Progress;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.execution.LocalExecutor;
import intarsia.models.files.FileException;
import intarsia.models.study.Item;
import intarsia.models.study.Measurements;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DualStudyTest {
    private static final DualWork WORK = new DualWork(1, new Engine.Options(null, Precision.F32, 1));

    @TempDir
    private Path folder;

    /** The whole way in small: the dual encoder is better than a network for each task where tasks are nearly alike. */
    @Test
    void theDualEncoderBeatsSingleTasksThatAreAlike() throws IOException {
        DualSettings delta = DualSettings.DELTA;
        DualSettings small = new DualSettings(delta.setting().at(List.of(0.2)), List.of("stl", "pooled", "group"), 1);
        DualStudy study = new DualStudy(List.of(small), null, 2, null, WORK);
        Measurements measured;
        try (Pool pool = new Pool(1)) {
            measured = new StudyRunner<>(study.plan(), new LocalExecutor(pool), null).run(folder, Progress.NONE);
        }
        assertThat(measured.size()).isEqualTo(6);
        double alone = measured.where(key -> key.method().equals("stl")).sample(DualWork.RMSE).mean();
        double dual = measured.where(key -> key.method().equals("group")).sample(DualWork.RMSE).mean();
        assertThat(dual).isLessThan(0.95 * alone);
        study.report(measured).write(folder, study.plan(), measured, "intarsia study dual-encoder");
        assertThat(Files.readString(folder.resolve("tables.md")))
                .contains("Between the extremes", "The xenografts were skipped", "excess risk");
        assertThat(folder.resolve("figures/shared.svg")).exists();
    }

    @Test
    void everyLineHasMethodsThatThereAre() {
        for (DualSettings line : DualSettings.simulated()) {
            assertThat(line.items(6, null)).as(line.key())
                    .hasSize(line.setting().values().size() * line.methods().size() * 6 / line.divisor());
            assertThat(line.methods(List.of("group", "median"))).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void rowsToJudgeOnDoNotDependOnHowManyAreLearnedFrom() {
        DualSettings rows = DualSettings.simulated().stream().filter(line -> line.key().equals("rows")).findFirst().orElseThrow();
        List<DualData.DrawnTasks> drawn = new ArrayList<>();
        for (double n : new double[] {25, 400}) {
            DualData source = rows.setting().at().apply(n);
            drawn.add(source.draw(new Item<>(rows.setting(), n, 1, DualMethods.all().getFirst()), 1));
        }
        for (int t = 0; t < 8; t++) {
            TaskSplit few = drawn.get(0).split().tasks().get(t);
            TaskSplit many = drawn.get(1).split().tasks().get(t);
            assertThat(few.test()).hasSize(400).containsExactlyInAnyOrder(many.test());
            assertThat(few.trainAndValidation()).hasSize(25).doesNotContain(few.test());
            for (int i : few.test()) {
                assertThat(few.task().response()[i]).isEqualTo(many.task().response()[i]);
            }
        }
    }

    @Test
    void aPatientIsNeverOnBothSides() throws IOException {
        Xenografts xenografts = Xenografts.read(xenografts(23));
        assertThat(xenografts.left()).containsExactly("P22");
        assertThat(xenografts.patients()).hasSize(22);
        assertThat(xenografts.data().tasks()).extracting(Task::name).containsExactly("a + b", "c");
        assertThat(xenografts.data().tasks().getFirst().response()[0]).isEqualTo(Elementary.log(10.0));
        Setting<DualData> setting = DualSettings.of(xenografts).setting();
        Set<String> judged = new HashSet<>();
        for (int replicate = 1; replicate <= Xenografts.FOLDS; replicate++) {
            DualData.DrawnTasks drawn = xenografts.draw(new Item<>(setting, 2, replicate, DualMethods.all().getFirst()), 7);
            Set<String> test = new HashSet<>();
            Set<String> known = new HashSet<>();
            for (int t = 0; t < 2; t++) {
                TaskSplit split = drawn.split().tasks().get(t);
                Task task = split.task();
                assertThat(split.trainAndValidation().length + split.test().length).isEqualTo(task.size());
                assertThat(split.validation()).isNotEmpty();
                for (int i : split.test()) {
                    test.add(task.rows().get(i));
                }
                for (int i : split.trainAndValidation()) {
                    known.add(task.rows().get(i));
                }
            }
            assertThat(test).doesNotContainAnyElementsOf(known).isNotEmpty();
            assertThat(judged).doesNotContainAnyElementsOf(test);
            judged.addAll(test);
        }
        assertThat(judged).containsExactlyInAnyOrderElementsOf(xenografts.patients());
    }

    @Test
    void xenograftsGoTheWholeWay() throws IOException {
        Xenografts xenografts = Xenografts.read(xenografts(30));
        DualSettings line = new DualSettings(DualSettings.of(xenografts).setting(), List.of("median", "ridge", "armul"), 1);
        DualStudy study = new DualStudy(List.of(line), null, 5, xenografts, WORK);
        try (Pool pool = new Pool(1)) {
            Measurements measured = new StudyRunner<>(study.plan(), new LocalExecutor(pool), null)
                    .run(folder.resolve("out"), Progress.NONE);
            study.report(measured).write(folder.resolve("out"), study.plan(), measured, "intarsia study dual-encoder");
        }
        assertThat(Files.readString(folder.resolve("out/tables.md")))
                .contains("Xenografts: 2 drugs, 29 patients; left out, having neither block: P29.",
                "| Median | ", "of 29 patients left out fold by fold");
    }

    /** Items done on other data, by another process or before, are not this study's. */
    @Test
    void termsTellWhichXenograftsWereRead() throws IOException {
        String none = terms(null);
        String some = terms(Xenografts.read(xenografts(23)));
        assertThat(some).startsWith(none + ", data ").isEqualTo(terms(Xenografts.read(xenografts(23))));
        Path other = xenografts(23);
        Files.writeString(other.resolve("cnv.csv"), Files.readString(other.resolve("cnv.csv")).replace("P0,0\n", "P0,5\n"));
        assertThat(terms(Xenografts.read(other))).startsWith(none + ", data ").isNotEqualTo(some);
    }

    private static String terms(Xenografts xenografts) {
        return new DualStudy(List.of(DualSettings.DELTA), null, 1, xenografts, WORK).plan().terms();
    }

    @Test
    void whatIsNoXenograftsIsSaid() throws IOException {
        assertThatThrownBy(() -> Xenografts.read(folder)).isInstanceOf(FileException.class)
                .hasMessageContaining("response.csv: there is no such file");
        Path spoiled = xenografts(5);
        Files.writeString(spoiled.resolve("cnv.csv"), "dim_1,g\nP0,many\n");
        assertThatThrownBy(() -> Xenografts.read(spoiled)).hasMessageContaining("cnv.csv:2: column 'g': 'many' is not a number");
        Files.writeString(spoiled.resolve("rnaseq.csv"), "patient,g\nP0,1\n");
        assertThatThrownBy(() -> Xenografts.read(spoiled)).hasMessageContaining("rnaseq.csv:1: lacks the column 'dim_1'");
    }

    /** Two drugs, patients P0, P1, ...; P1 lacks copy number, the last patient lacks both blocks. */
    private Path xenografts(int patients) throws IOException {
        StringBuilder response = new StringBuilder("patient.id,drug,timeToDouble_published\n");
        StringBuilder rna = new StringBuilder("dim_1,g,h\n");
        StringBuilder cnv = new StringBuilder("dim_1,g\n");
        for (int i = 0; i < patients; i++) {
            response.append("P").append(i).append(",a + b,").append(10 + i * i % 17).append('\n');
            response.append("P").append(i).append(",c,").append(20 + i * 5 % 13).append('\n');
            if (i < patients - 1) {
                rna.append("P").append(i).append(',').append(i % 7).append(',').append(i % 5).append('\n');
                cnv.append(i == 1 ? "" : "P" + i + "," + i % 3 + "\n");
            }
        }
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("response.csv"), response);
        Files.writeString(data.resolve("rnaseq.csv"), rna);
        Files.writeString(data.resolve("cnv.csv"), cnv);
        return data;
    }
}
