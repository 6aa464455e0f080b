package intarsia.models.files.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.Estimator;
import intarsia.models.baseline.SingleTask;
import intarsia.models.dual.DualEncoder;
import intarsia.models.files.FileException;
import intarsia.models.files.Study;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.selection.Tuned;
import intarsia.models.stacking.Stacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys of {@code [fit]}: without any, a study file asks for what the library does by itself. */
class FitOptionsTest {
    @TempDir
    private Path folder;

    private Study study(String fit) throws IOException {
        Files.writeString(folder.resolve("study.toml"), """
                [response]
                column = "y"
                kind = "continuous"
                [tasks]
                a = "a.csv"
                b = "b.csv"
                [sources]
                exam = ["x"]
                """ + fit);
        for (String task : new String[] {"a", "b"}) {
            Files.writeString(folder.resolve(task + ".csv"), "x,y\n1,2\n2,3\n3,5\n4,4\n");
        }
        return Study.read(folder);
    }

    static Stream<Arguments> defaults() {
        return Stream.of(Arguments.of(MtlHmb.KEY, MtlHmb.options()), Arguments.of(DualEncoder.KEY, DualEncoder.options()),
                Arguments.of(SingleTask.KEY, SingleTask.DEFAULT), Arguments.of(MultitaskGp.KEY, MultitaskGp.options()),
                Arguments.of(Stacking.KEY, Stacking.options()));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void aStudyFileThatSaysNothingAsksForTheLibrarysDefaults(String key, Estimator library) throws IOException {
        assertThat(FitOptions.read(study("[fit]\ntune = \"none\"\n"), key).model()).isEqualTo(library);
    }

    @Test
    void everyModelCanBeAskedForAndNamesItself() throws IOException {
        Study study = study("");
        for (String name : ModelKinds.names()) {
            FitOptions asked = FitOptions.read(study, name);
            assertThat(asked.model().key()).isEqualTo(name);
            assertThat(asked.baselines()).extracting(Estimator::key).doesNotContain(name).doesNotHaveDuplicates();
        }
    }

    @Test
    void everyKeyIsReadAndItsDefaultChangesNothing() throws IOException {
        FitOptions.tables().forEach(table -> assertThat(table.names()).as(table.models()).doesNotHaveDuplicates());
        // What the reference gives as a default is a value of TOML, or says in words what is done without one.
        StringBuilder fit = new StringBuilder("[fit]\n");
        FitOptions.tables().filter(table -> table.section().isEmpty()).flatMap(table -> table.keys().stream())
                .filter(key -> !List.of("baselines", "tune").contains(key.name()))
                .forEach(key -> fit.append(key.name()).append(" = ").append(key.standard()).append('\n'));
        // A key that is written is not tuned, so nothing is here.
        assertThat(FitOptions.read(study(fit + "tune = \"none\"\n"))).isEqualTo(FitOptions.read(study("[fit]\ntune = \"none\"\n")));
        assertThat(FitOptions.read(study(fit.toString()), MtlHmb.KEY).model()).isEqualTo(MtlHmb.options());
        assertThat(FitOptions.read(study(""), MtlHmb.KEY).model()).isInstanceOf(Tuned.class);
        assertThat(FitReference.markdown()).contains("## [fit.dual-encoder]\n", "| `orthogonality` | number, at least 0 | 0.01 |");
    }

    /** A model that is asked for at the command line is not its own baseline. */
    @Test
    void aBaselineMayBeAskedForAsTheModel() throws IOException {
        FitOptions asked = FitOptions.read(study("[fit]\nbaselines = [\"regression\", \"mean\"]\n"), "regression");
        assertThat(asked.baselines()).extracting(Estimator::key).containsExactly("mean");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "[fit]\\nepoch = 3                   | unknown key 'epoch' in [fit]; did you mean 'epochs'?",
        "[fit]\\nwidth = 0                   | 10:1: 'width' must be a whole number from 1 to 10000, not 0",
        "[fit]\\nlearning_rate = 0           | 10:1: 'learning_rate' must be above 0, not 0.0",
        "[fit]\\nvariant = \"book\"          | 10:1: 'variant' must be one of paper, released, not \"book\"",
        "[fit]\\naveraging = 1               | 10:1: 'averaging' must be at least 0 and below 1, not 1.0",
        "[fit]\\nbaselines = [\"auto\"]   | 10:14: 'baselines' lists 'auto' twice, or it is the model itself",
        "[fit.auto]\\ncandidates = [\"auto\"] | 10:15: no model 'auto' to mix; there are mtl-hmb, dual-encoder, tenmtl, gp, regression, ",
        "[fit.auto]\\ncandidates = [\"gp\", \"gp\"] | 10:21: 'candidates' lists 'gp' twice",
        "[fit.gp]\\nkernels = [\"cubic\"]    | 10:12: no kernel 'cubic'; there are linear, squares, quadratic, smooth",
        "[fit.gp]\\nmissing_blocks = \"imputed\"\\nsmooth_kernel = \"matern-52\" | 10:1: gp: "
                + "imputed blocks need the squared exponential kernel",
        "[fit]\\nseparation = \"hsic\"\\northogonality = 0 | 10:1: 'separation' is \"hsic\" but its weight, 'orthogonality', is 0, so "
                + "that it does nothing; give a weight, such as 0.01, or take 'separation' out",
        "[fit.gp]\\nmissing_blocks = \"joint\"\\nrank = 1 | 10:1: gp: joint blocks need one function that all tasks share",
        "[fit.gp]\\nmissing_blocks = \"joint\"\\nsharing = \"groups\" | 10:1: gp: joint blocks need one function",
        "[fit.dual-encoder]\\nratio = 1      | 10:1: 'ratio' must be above 0 and below 1, not 1.0"})
    void whatCannotBeIsOneLine(String fit, String message) throws IOException {
        Study study = study(fit.replace("\\n", "\n").strip() + "\n");
        assertThatThrownBy(() -> {
            FitOptions.read(study);
            FitOptions.read(study, DualEncoder.KEY);
        }).isInstanceOf(FileException.class).hasMessageContaining(message);
    }
}
