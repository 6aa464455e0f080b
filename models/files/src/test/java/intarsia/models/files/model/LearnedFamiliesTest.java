package intarsia.models.files.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.Estimator;
import intarsia.models.data.DataException;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.files.FileException;
import intarsia.models.files.Study;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.response.Classes;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import intarsia.models.stacking.Stacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for is made to learn a study's responses, or refused with the names of what does. */
class LearnedFamiliesTest {
    private static final Source EXAM = Source.of("exam", "x");
    private static final Classes CLASSES = new Classes(List.of("a", "b", "c"));
    private static final Survival SURVIVAL = new Survival(List.of(1.0));

    @TempDir
    private Path folder;

    /** A study with a [fit] block, whose tasks have responses of a family. */
    private Study study(ResponseFamily family, String fit) throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                a = "a.csv"
                [sources]
                exam = ["x"]
                """ + fit);
        Files.writeString(folder.resolve("a.csv"), "x,y\n1,2\n2,3\n3,5\n4,4\n");
        Study read = Study.read(folder);
        double[][] cells = IntStream.range(0, 24).mapToObj(i -> new double[] {i * 5 % 24}).toArray(double[][]::new);
        double[] response = Arrays.stream(cells).flatMapToDouble(cell -> family.columns() == 3
                ? Arrays.stream(new double[] {1 + cell[0] / 9, cell[0] % 2, 0}) : Arrays.stream(new double[] {(int) cell[0] / 8}))
                        .toArray();
        TaskSet tasks = TaskSet.builder().task(Task.of("a", family).block(EXAM, cells).response(response)).build();
        return new Study(read.file(), read.name(), read.schema(), tasks, read.files(), read.missing(), read.notes(), read.fit(),
                read.digests(), read.skipped());
    }

    @Test
    void levelsAreReducedWhereAModelDoesNotLearnThem() throws IOException {
        for (ResponseFamily family : List.of(CLASSES, new Ordered(CLASSES.levels()))) {
            Study study = study(family, "");
            for (String name : ModelKinds.names()) {
                if (name.equals("mbi")) {
                    continue;
                }
                Estimator model = FitOptions.read(study, name).model();
                assertThat(model.learns(family)).as(name).isTrue();
                assertThat(model.key()).isEqualTo(name);
            }
            assertThat(FitOptions.read(study, "tenmtl").model() instanceof BinaryReduction).isEqualTo(!family.equals(CLASSES));
            assertThat(FitOptions.read(study, "mean").model()).isNotInstanceOf(BinaryReduction.class);
            assertThat(FitOptions.read(study, "tenmtl").baselines()).isNotEmpty().allMatch(baseline -> baseline.learns(family));
            FitOptions auto = FitOptions.read(study, "auto");
            assertThat(((Stacking) auto.model()).candidates()).extracting(Estimator::key).contains("mean", "regression-10");
            assertThat(((Stacking) auto.model()).candidates()).noneMatch(BinaryReduction.class::isInstance);
            assertThat(auto.baselines()).isNotEmpty().noneMatch(BinaryReduction.class::isInstance);
            Stacking named = (Stacking) FitOptions.read(study(family, "[fit.auto]\ncandidates = [\"mean\", \"tenmtl\"]\n"), "auto").model();
            assertThat(named.candidates()).extracting(Estimator::key).containsExactly("mean", "tenmtl");
            assertThat(named.candidates()).allMatch(candidate -> candidate.learns(family));
        }
        assertThat(((Stacking) FitOptions.read(study(CLASSES, ""), "auto").model()).candidates()).extracting(Estimator::key)
                .doesNotContain("dual-encoder", "gp");
    }

    @Test
    void whatDoesNotLearnAResponseNamesWhatDoes() throws IOException {
        Study study = study(SURVIVAL, "");
        assertThatThrownBy(() -> FitOptions.read(study, "tenmtl")).isInstanceOf(DataException.class)
                .hasMessageMatching("model 'tenmtl' does not learn survival responses; those that do are auto, .*gp, regression, "
                        + "pooled-regression, mean.*")
                .message().doesNotContain("tenmtl,", "mbi", "local", "\n");
        assertThatThrownBy(() -> FitOptions.read(study(CLASSES, ""), "mbi")).hasMessageContaining("'mbi' does not learn classes responses");
        FitOptions auto = FitOptions.read(study, "auto");
        assertThat(((Stacking) auto.model()).candidates()).extracting(Estimator::key).contains("mean", "regression-1", "gp");
        assertThat(auto.baselines()).extracting(Estimator::key).contains("regression");
        assertThatThrownBy(() -> FitOptions.read(study(SURVIVAL, "[fit]\nbaselines = [\"mean\", \"mbi\"]\n"), "gp"))
                .isInstanceOf(FileException.class).hasMessageContaining("9:22: 'mbi' does not learn survival responses");
        assertThatThrownBy(() -> FitOptions.read(study(SURVIVAL, "[fit.auto]\ncandidates = [\"mean\", \"tenmtl\"]\n"), "auto"))
                .isInstanceOf(FileException.class).hasMessageContaining("9:23: 'tenmtl' does not learn survival responses")
                .hasMessageContaining("those that do are auto, ");
    }
}
