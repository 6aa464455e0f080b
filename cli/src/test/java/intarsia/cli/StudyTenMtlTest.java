package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyTenMtlTest {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), ("study tenmtl " + args).split(" +"));
    }

    @Test
    void writesTablesAndGoesOn() throws IOException {
        Path folder = temporary.resolve("study");
        String args = "--setting II-beta,penalty --values 0.5,0.1 --replicates 1 --quiet --threads 1 --out " + folder;
        assertThat(run("--methods tenmtl,global " + args)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("all 3 items are done");
        String results = Files.readString(folder.resolve("results.csv"));
        assertThat(run("--methods tenmtl,global " + args)).isZero();
        assertThat(Files.readString(folder.resolve("results.csv"))).isEqualTo(results);
        assertThat(run("--methods tenmtl,global,local-ridge " + args)).isZero();
        assertThat(Files.readString(folder.resolve("results.csv"))).contains("II-beta,0.5,1,local-ridge,");
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("| 0.5 | 0.", "Scenario III: lasso weight");
        assertThat(folder.resolve("figures/II-beta.svg")).exists();
    }

    @Test
    void judgesOnParkinsons() throws IOException {
        Path folder = temporary.resolve("study");
        assertThat(run("--setting motor --methods local-ridge,global --replicates 1 --quiet --threads 1 --data "
                + "../examples/parkinsons --out " + folder)).as(err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("| local ridge | 1.", "| global | 2.");
    }

    @Test
    void readsThePaperInSeveralWays() throws IOException {
        Path folder = temporary.resolve("study");
        assertThat(run("--setting motor-readings --values 3 --methods tenmtl,global --replicates 1 --quiet --threads 1 --data "
                + "../examples/parkinsons --out " + folder)).as(err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("tables.md"))).containsPattern("\\| 3 \\| voice alone, columns and scores "
                + "standardized within patients \\| -\\d+\\.\\d %, local least squares \\| -");
    }

    @Test
    void comparesClassesAsAModeAndByClass() throws IOException {
        Path folder = temporary.resolve("study");
        assertThat(run("--setting classes --values 15 --methods lr-tucker --replicates 1 --quiet --threads 1 --out " + folder))
                .as(err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("| n | TenMTL | TenMTL, a model for each class | LR-Tucker |",
                "| 15 | 1.0");
    }

    @Test
    void reportsStarts() throws IOException {
        Path folder = temporary.resolve("study");
        assertThat(run("--setting starts,III-choice --values 2,15 --starts 3 --replicates 1 --quiet --threads 1 --out " + folder))
                .as(err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("median random", "of 3 |", "| 15 | BIC | ");
        assertThat(run("--setting starts --starts 0 --out " + folder)).isEqualTo(2);
        assertThat(err.toString()).contains("--starts 0");
        assertThat(folder.resolve("figures/starts-2.svg")).exists();
    }

    @Test
    void showsHowPlantedParametersAreRecovered() throws IOException {
        Path folder = temporary.resolve("study");
        assertThat(run("--setting I-recovery,III-recovery --values 30,480 --replicates 1 --quiet --threads 1 --out " + folder))
                .as(err.toString()).isZero();
        Matcher slopes = Pattern.compile("\\| slope \\| (\\S+) \\| (\\S+) \\|").matcher(Files.readString(folder.resolve("tables.md")));
        assertThat(slopes.find()).isTrue();
        for (int scenario = 1; scenario <= 2; scenario++) {
            assertThat(Double.parseDouble(slopes.group(scenario))).isBetween(-1.0, -0.3);
        }
        assertThat(folder.resolve("figures/recovery.svg")).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "--methods best --setting rank | no method 'best'; there are tenmtl, local-ridge, local-lasso, global, lr-tucker, lr-tucker-local, "
                + "svd-aso, mean-regularized, l21, trace",
        "--setting total --data none   | none: there is no such folder; a study is a folder with a study.toml and CSV files",
        "--setting I-n --values 7      | --values 7: setting I-n has [15, 30, 60, 120]",
        "--setting I-beta --methods trace | a study without items: none of the methods that are asked for belongs to a setting that is "
                + "asked for; ask for others, or leave --methods out",
        "--setting rank --replicates 0 | --replicates 0: must be at least 1"})
    void saysWhatIsWrong(String args, String message) {
        Path folder = temporary.resolve("none");
        assertThat(run(args + " --threads 1 --out " + folder)).isEqualTo(2);
        assertThat(err).hasToString("intarsia: " + message + System.lineSeparator());
        assertThat(folder).doesNotExist();
    }
}
