package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.prox.Penalty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Coefficients on real studies are those of R's packages: resources/families/studies.R. Lung and PBC are not shipped. */
class StudiesTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-13, 5000);

    /** A file's rows by the names of its columns. */
    private static List<Map<String, String>> rows(String path) throws IOException {
        Path file = Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(path)).filter(Files::exists).findFirst().orElse(null);
        assumeThat(file).as("%s is here; it is not shipped", path).isNotNull();
        List<String[]> cells = Files.readAllLines(file).stream().map(line -> line.replace("\"", "").split(",", -1)).toList();
        return cells.stream().skip(1).map(row -> {
            Map<String, String> named = new HashMap<>();
            for (int j = 0; j < row.length; j++) {
                named.put(cells.getFirst()[j], row[j]);
            }
            return named;
        }).toList();
    }

    private static double[] column(List<Map<String, String>> rows, String name) {
        return rows.stream().mapToDouble(row -> Double.parseDouble(row.get(name))).toArray();
    }

    private static Tensor columns(List<Map<String, String>> rows, List<ToDoubleFunction<Map<String, String>>> columns) {
        return Tensor.matrix(rows.stream().map(row -> columns.stream().mapToDouble(c -> c.applyAsDouble(row)).toArray())
                .toArray(double[][]::new));
    }

    private static ToDoubleFunction<Map<String, String>> of(String name, double unit) {
        return row -> Double.parseDouble(row.get(name)) / unit;
    }

    private static double[] golden(String name) throws IOException {
        try (var in = StudiesTest.class.getResourceAsStream("/families/studies.csv")) {
            return Families.golden(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()).get(name);
        }
    }

    @Test
    void gradesOfHeartDisease() throws IOException {
        List<Map<String, String>> rows = rows("examples/heart-disease/cleveland.csv");
        Tensor x = columns(rows, List.of(of("age", 10), of("sex", 1), of("thalach", 10), of("exang", 1), of("oldpeak", 1)));
        int[] num = Arrays.stream(column(rows, "num")).mapToInt(v -> (int) v).toArray();
        LinearFit ordered = CumulativeLogit.of(x, 5, num).fit(0, TIGHT);
        double[] expected = golden("heart-ordered");
        assertThat(ordered.intercepts()).containsExactly(Arrays.copyOf(expected, 4), within(1e-6));
        assertThat(ordered.coefficients().toDoubles()).containsExactly(Arrays.copyOfRange(expected, 4, 9), within(1e-6));
        LinearFit classes = Multinomial.of(x, 5, num).fit(0.02, TIGHT);
        double[] more = golden("heart-classes");
        assertThat(classes.intercepts()).containsExactly(Arrays.copyOf(more, 5), within(1e-6));
        for (int k = 0; k < 25; k++) {
            assertThat(classes.coefficients().at(k)).isCloseTo(more[5 + k], within(1e-6));
        }
    }

    @Test
    void survivalWithLungCancer() throws IOException {
        Predicate<Map<String, String>> complete = row -> Stream.of("inst", "ph.ecog").noneMatch(name -> row.get(name).isEmpty());
        List<Map<String, String>> rows = rows("shared/data/lung/lung.csv").stream().filter(complete).toList();
        Cox model = Cox.of(columns(rows, List.of(of("age", 1), of("sex", 1), of("ph.ecog", 1))), column(rows, "time"), died(rows));
        assertCox("lung-efron", model.fit(0, TIGHT));
        assertCox("lung-breslow", model.withTies(Cox.Ties.BRESLOW).fit(0, TIGHT));
        int[] institutions = Arrays.stream(column(rows, "inst")).mapToInt(v -> (int) v).toArray();
        assertCox("lung-strata", model.withStrata(institutions).fit(0, TIGHT));
    }

    @Test
    void survivalWithBiliaryCirrhosis() throws IOException {
        List<Map<String, String>> rows = rows("shared/data/pbc/pbc.csv").stream().filter(row -> row.get("trial").equals("trial")).toList();
        Tensor x = columns(rows, List.of(of("age", 10), of("edema", 1), row -> Math.log(Double.parseDouble(row.get("bili"))),
                of("albumin", 1), of("protime", 1)));
        Cox model = Cox.of(x, column(rows, "time"), died(rows));
        assertCox("pbc", model.fit(0, TIGHT));
        // glmnet ends at 1.854523851 with (0.24360, 0, 0.85584, -0.39121, 0.23273), whatever its threshold; R's coxph has it there too
        LinearFit lasso = model.withTies(Cox.Ties.BRESLOW).fit(Penalty.l1(0.05), TIGHT);
        double[] b = {0.243596090169, 0, 0.855840505407, -0.391212817202, 0.232729259705};
        double[] eta = Matrices.product(x, Tensor.matrix(Arrays.stream(b).mapToObj(v -> new double[] {v}).toArray(double[][]::new)))
                .toDoubles();
        double theirs = model.withTies(Cox.Ties.BRESLOW).loss().value(eta, new double[0]) + Penalty.l1(0.05).value(b);
        assertThat(lasso.coefficients().toDoubles()).containsExactly(b, within(3e-4));
        assertThat(theirs - lasso.objective()).isBetween(0.0, 2e-8);
    }

    private static boolean[] died(List<Map<String, String>> rows) {
        return CoxTest.events(Arrays.stream(column(rows, "status")).map(s -> s == 2 ? 1 : 0).toArray());
    }

    private static void assertCox(String name, LinearFit fit) throws IOException {
        assertThat(fit.outcome()).isEqualTo(SolverOutcome.CONVERGED);
        assertThat(fit.coefficients().toDoubles()).as(name).containsExactly(golden(name), within(1e-6));
    }
}
