package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Survival studies that may not be shipped, read from a folder above; skipped where it is not there. */
class SharedSurvivalTest {
    private final Program program = new Program();

    @TempDir
    private Path folder;

    private static List<String> lines(String name) throws IOException {
        Path file = Stream.iterate(Path.of("").toAbsolutePath(), parent -> parent != null, Path::getParent)
                .map(parent -> parent.resolve("shared/data").resolve(name)).filter(Files::exists).findFirst().orElse(null);
        assumeTrue(file != null, "shared/data/" + name + " is here; it is not shipped");
        return Files.readAllLines(file);
    }

    private void study(String csv, List<String> lines, String toml) throws IOException {
        Files.write(folder.resolve(csv), lines);
        Files.writeString(folder.resolve("study.toml"), toml);
    }

    /** A transplanted patient had no event; outside the trial nine columns are missing. */
    @Test
    void cirrhosisInTheTrialAndOutside() throws IOException {
        study("pbc.csv", lines("pbc/pbc.csv"), """
                id = "id"
                task = "trial"
                files = ["pbc.csv"]
                [response]
                kind = "survival"
                time = "time"
                event = "status"
                positive = 2
                [sources]
                everywhere = ["age", "sex", "edema", "bili", "albumin", "platelet", "protime", "stage"]
                trial = ["trt", "ascites", "hepato", "spiders", "chol", "copper", "alk.phos", "ast", "trig"]
                [columns]
                sex = { kind = "binary", positive = "f" }
                [fit]
                baselines = ["pooled-regression", "mean"]
                """);
        assertThat(program.run("describe", folder.toString())).as(program.err.toString()).isZero();
        assertThat(program.out.toString().lines()).contains("trial     312               125  41 to 4556  pbc.csv",
                "outside   106                36  41 to 4795  pbc.csv", "note: column 'status': '2' is an event, 0, 1 are none");
        assertThat(program.run("fit", folder.toString(), "--model", "regression", "--repeats", "2", "--quiet", "--threads", "1", "--out",
                folder.resolve("run").toString())).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("concordance", "integrated Brier", "Uno's concordance");
        assertThat(program.run("evaluate", folder.resolve("run").toString(), folder.resolve("pbc.csv").toString()))
                .as(program.err.toString()).isZero();
    }

    /** Institutions of a few patients are tasks; a patient without an institution has none. */
    @Test
    void lungCancerByInstitution() throws IOException {
        study("lung.csv", lines("lung/lung.csv").stream().filter(line -> !line.startsWith(",")).toList(), """
                task = "inst"
                files = ["lung.csv"]
                [response]
                kind = "survival"
                time = "time"
                event = "status"
                levels = [1, 2]
                times = [180, 365, 730]
                [sources]
                exam = ["age", "sex", "ph.ecog", "ph.karno", "pat.karno", "meal.cal", "wt.loss"]
                [columns]
                sex = { kind = "categorical" }
                """);
        assertThat(program.run("fit", folder.toString(), "--model", "mean", "--repeats", "2", "--quiet", "--threads", "1", "--out",
                folder.resolve("run").toString())).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("18 tasks, 227 rows");
        assertThat(program.run("predict", folder.resolve("run").toString(), folder.resolve("lung.csv").toString()))
                .as(program.err.toString()).isZero();
        assertThat(program.out.toString()).startsWith("row,task,survival at 180,survival at 365,survival at 730").hasLineCount(228);
    }

    /**
     * A task is a drug, a patient's tumor is tried on nearly all of them and stays on one side. A tumor whose time to double is that of its
     * last measurement had not doubled by then.
     */
    @Test
    void xenograftsAsTimes() throws IOException {
        List<String> given = lines("pdx-brca/response.csv");
        List<String> head = List.of(given.getFirst().split(","));
        List<String> rows = new ArrayList<>(List.of("patient,drug,days,doubled"));
        for (String line : given.subList(1, given.size())) {
            String[] cells = line.split(",");
            String days = cells[head.indexOf("timeToDouble_published")];
            boolean doubled = Double.parseDouble(days) < Double.parseDouble(cells[head.indexOf("time.last_published")]);
            rows.add(String.join(",", cells[head.indexOf("patient.id")], cells[head.indexOf("drug")], days, doubled ? "1" : "0"));
        }
        assertThat(rows.stream().filter(row -> row.endsWith(",0"))).as("censored").hasSize(191);
        List<String> genes = lines("pdx-brca/rnaseq.csv");
        Files.write(folder.resolve("rnaseq.csv"), Stream.concat(Stream.of(genes.getFirst().replaceFirst("[^,]*", "patient")),
                genes.stream().skip(1)).toList());
        study("response.csv", rows, """
                id = "patient"
                task = "drug"
                files = ["response.csv", "rnaseq.csv"]
                [response]
                kind = "survival"
                time = "days"
                event = "doubled"
                times = [14, 28, 56]
                [sources]
                expression = ["FGFR1", "TP53", "PIK3CA", "ERBB2", "ESR1", "IGF1R"]
                [design]
                group = "patient"
                folds = 5
                """);
        assertThat(program.run("fit", folder.toString(), "--model", "pooled-regression", "--quiet", "--threads", "1", "--out",
                folder.resolve("run").toString())).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("22 tasks, 849 rows", "5 folds of groups (patient)", "concordance");
    }
}
