package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Axis;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources whose columns are the places of a tensor. */
class TensorSourceTest {
    @TempDir
    private Path folder;

    private Study study(String scan) throws IOException {
        Files.writeString(folder.resolve("all.csv"), """
                c_2_3,who,c_1_1,c_1_2,c_1_3,c_2_1,c_2_2,y
                6,a,1,2,3,4,5,0.5
                0,a,0,1,0,1,0,0.7
                1,b,2,1,0,1,2,0.1
                2,b,2,2,0,1,1,0.2
                """);
        return Study.read(Files.writeString(folder.resolve("study.toml"), """
                task = "who"
                files = ["all.csv"]
                [response]
                column = "y"
                kind = "continuous"
                [sources]
                scan =\s""" + scan));
    }

    /** Columns stand in the order that the study file gives, not in that of the file; the last axis runs fastest. */
    @Test
    void aPatternOrAListNamesItsPlaces() throws IOException {
        Source pattern = study("{ columns = \"c_*_*\", shape = [2, 3], axes = [\"region\", \"band\"] }").schema().sources().getFirst();
        assertThat(pattern.columns()).extracting(Column::name).containsExactly("c_1_1", "c_1_2", "c_1_3", "c_2_1", "c_2_2", "c_2_3");
        assertThat(pattern.axes()).containsExactly(new Axis("region", 2), new Axis("band", 3));
        Study listed = study("{ columns = [\"c_1_1\", \"c_1_2\", \"c_1_3\", \"c_2_1\", \"c_2_2\", \"c_2_3\"], shape = [2, 3] }\n"
                + "[columns]\nc_2_3 = { missing = [0] }");
        Source source = listed.schema().sources().getFirst();
        assertThat(source.columns()).isEqualTo(pattern.columns());
        assertThat(source.axes()).containsExactly(new Axis("axis 1", 2), new Axis("axis 2", 3));
        double[][] cells = listed.tasks().task("a").cells().get(source);
        assertThat(cells[0]).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(cells[1]).containsExactly(0, 1, 0, 1, 0, Double.NaN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{ columns = \"c_*_*\" } | 7:1: a tensor has a shape of at least two axes: shape = [6, 5]; a vector is a plain list of columns",
        "{ columns = \"c_*_*\", shape = [6] } | 7:29: a tensor has a shape of at least two axes: shape = [6, 5]; a vector is a plain list "
                + "of columns",
        "{ columns = \"c_*_*\", shape = [2, 0] } | 7:41: 'shape' lists the places of each axis, whole numbers, at most a million in all, "
                + "not 0",
        "{ columns = \"c_*_*\", shape = [2, 1.5] } | 7:41: 'shape' lists the places of each axis, whole numbers, at most a million in "
                + "all, not 1.5",
        "{ columns = \"c_*_*\", shape = [2, 9000000] } | 7:41: 'shape' lists the places of each axis, whole numbers, at most a million in "
                + "all, not 9000000",
        "{ columns = [\"c_1_1\", \"c_1_2\"], shape = [2, 3] } | 7:10: source 'scan' lists 2 columns, and shape [2, 3] has 6 places; list "
                + "one for each, the last axis running fastest, or give a pattern: columns = \"c_*_*\"",
        "{ columns = \"c_*\", shape = [2, 3] } | 7:10: a pattern has a * for each axis, which stands for 1, 2, ...: 'shape' has 2 axes, "
                + "and 'c_*' has 1 *",
        "{ columns = \"c_*_*\", shape = [2, 3], axes = [\"a\"] } | 7:45: 'axes' names 1 axes, and 'shape' has 2",
        "{ columns = \"c_*_*\", shape = [2, 3], axes = [\"a\", \"a\"] } | 7:58: 'axes' names each axis, all different",
        "{ columns = \"c_*_*\", shape = [2, 3], axis = [\"a\"] } | 7:45: unknown key 'axis' in [sources.scan]; did you mean 'axes'?",
        "{ columns = \"c_*_*\", shape = [2, 4] } | 7:1: column 'c_1_4' of source 'scan' is in no file; known: who, y",
        "{ shape = [2, 3] } | 7:1: source 'scan' needs 'columns', a list of names or a pattern: columns = \"c_*_*\"",
        "{ columns = \"c_*_*\", shape = \"2 x 3\" } | 7:29: 'shape' must be a list of numbers, not the string \"2 x 3\""})
    void saysWhatIsWrong(String scan, String message) {
        assertThatThrownBy(() -> study(scan)).isInstanceOf(FileException.class).hasMessageEndingWith("study.toml:" + message);
    }

    @Test
    void itsColumnsAreQuantities() {
        assertThatThrownBy(() -> study("{ columns = \"c_*_*\", shape = [2, 3] }\n[columns]\nc_1_1 = { kind = \"binary\" }"))
                .hasMessageEndingWith("study.toml:9:11: column 'c_1_1' is a place of the tensor 'scan', so it is continuous; take 'kind' "
                        + "out");
    }
}
