package intarsia.models.report.run;

import intarsia.models.Estimator;
import intarsia.models.evaluation.Comparison;
import intarsia.models.files.model.Program;
import intarsia.models.files.model.RunFolder;
import intarsia.models.report.Page;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How something was made.
 *
 * @param command    what makes it again
 * @param program    what made it
 * @param provenance of the model; null if it is not known
 */
public record Origin(String command, Program program, RunFolder.Provenance provenance) {
    /** With the time that each method took. */
    void write(Page page, Comparison.Result comparison, List<Estimator> methods) {
        write(page);
        List<List<String>> rows = new ArrayList<>();
        for (Estimator method : methods) {
            double[] seconds = comparison.evaluations().stream().filter(evaluation -> evaluation.estimator().equals(method.key()))
                    .mapToDouble(evaluation -> evaluation.seconds()).toArray();
            double sum = Arrays.stream(seconds).sum();
            rows.add(List.of(method.name(), Integer.toString(seconds.length),
                    String.format(Locale.ROOT, "%.1f", sum / Math.max(1, seconds.length)),
                    String.format(Locale.ROOT, "%.1f", sum)));
        }
        page.table(new Table("Seconds", "Wall-clock time; other fits ran at the same time.",
                List.of("method", "fits", "each", "together"), rows));
    }

    /** As a table. */
    void write(Page page) {
        page.section("How it was made").paragraph("`" + command + "`");
        if (provenance == null || !provenance.programs().contains(program)) {
            page.paragraph("By " + words(program) + ".");
        }
        if (provenance != null) {
            List<List<String>> rows = new ArrayList<>();
            provenance.programs().forEach(one -> rows.add(List.of("program", words(one))));
            rows.addAll(List.of(List.of("study", provenance.study()), List.of("seed", Long.toString(provenance.seed())),
                    List.of("kernels, precision", provenance.kernels() + ", " + provenance.precision()),
                    List.of("SHA-256 of the study", provenance.digest())));
            provenance.files().forEach((file, digest) -> rows.add(List.of("SHA-256 of " + file, digest)));
            page.table(new Table("Provenance", "The same command on the same files gives the same numbers, to the bit.", List.of("", ""),
                    rows));
        }
    }

    private static String words(Program program) {
        return "Intarsia " + program.version() + ", bits " + program.bits();
    }
}
