package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a TenMTL says of individuals and predictors, in words, tables and matrices. */
final class TenMtlFindings {
    /** Directions of a mode, and places of a direction, that the summary names. */
    private static final int DIRECTIONS = 4;
    private static final int PLACES = 3;

    private final TenMtlModel model;
    private final Interpretation says;
    private final List<String> modes;

    TenMtlFindings(TenMtlModel model) {
        this.model = model;
        this.says = Interpretation.of(model);
        this.modes = IntStream.range(0, model.encoding().modes()).mapToObj(model.encoding()::name).toList();
    }

    List<Finding> all() {
        List<Finding> all = new ArrayList<>();
        all.add(new Finding.Text("summary", "What individuals have in common", summary()));
        all.add(individuals());
        all.add(new Finding.Matrix("similarity", "Similarity of individuals: cosines of their deviations from what is common",
                says.individuals(), says.individuals(), says.similarity().toRows()));
        Set<String> names = new HashSet<>();
        for (int k = 0; k < modes.size(); k++) {
            Tensor loadings = says.loadings().get(k);
            String name = "loadings-" + modes.get(k).replaceAll("[^A-Za-z0-9]+", "-");
            all.add(new Finding.Matrix(names.add(name) ? name : name + "-" + (k + 1), "Loadings of " + modes.get(k), says.names().get(k),
                    directions(loadings.shape().columns()), loadings.toRows()));
        }
        all.add(variance());
        return all;
    }

    private Finding.Table individuals() {
        double[] intercepts = model.coefficients().intercepts();
        int rank = says.scores().shape().columns();
        List<String> header = new ArrayList<>(List.of("individual"));
        header.addAll(directions(rank));
        List<String> classes = intercepts.length > says.individuals().size() ? model.encoding().response().levels() : List.of();
        header.addAll(classes.isEmpty() ? List.of("intercept") : classes.stream().map(level -> "intercept of " + level).toList());
        header.addAll(List.of("most similar to", "similarity"));
        int each = Math.max(1, classes.size());
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < says.individuals().size(); i++) {
            List<String> row = new ArrayList<>(List.of(says.individuals().get(i)));
            for (int r = 0; r < rank; r++) {
                row.add(number(says.scores().get(i, r)));
            }
            int nearest = says.nearest(i);
            for (int k = 0; k < each; k++) {
                row.add(number(intercepts[i * each + k] * model.encoding().responseScale()));
            }
            row.add(nearest < 0 ? "" : says.individuals().get(nearest));
            row.add(nearest < 0 ? "" : number(says.similarity().get(i, nearest)));
            rows.add(row);
        }
        return new Finding.Table("individuals", "Individuals: coordinates of their deviations from what is common", header, rows);
    }

    private Finding.Table variance() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("individuals", "common", number(says.commonShare())));
        for (int r = 0; r < says.scoreShares().length; r++) {
            rows.add(List.of("individuals", Integer.toString(r + 1), number(says.scoreShares()[r])));
        }
        double[] modalities = model.parameters().modalities().stream().mapToDouble(TuckerDecomposition::norm).map(norm -> norm * norm)
                .toArray();
        double all = Arrays.stream(modalities).sum();
        for (int m = 0; m < modalities.length && modalities.length > 1; m++) {
            rows.add(List.of("modalities", model.encoding().modality(m), number(all == 0 ? 0 : modalities[m] / all)));
        }
        for (int k = 0; k < modes.size(); k++) {
            double[] shares = says.shares().get(k);
            for (int r = 0; r < shares.length; r++) {
                rows.add(List.of(modes.get(k), Integer.toString(r + 1), number(shares[r])));
            }
        }
        return new Finding.Table("variance", "Shares of the squared coefficients", List.of("mode", "direction", "share"), rows);
    }

    private String summary() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "What individuals have in common makes up %.1f %% of the squared coefficients.%nIndividuals differ in %s.%n",
                100 * says.commonShare(), count((int) Arrays.stream(says.scoreShares()).filter(share -> share > 0).count(), "direction")));
        for (int k = 0; k < modes.size(); k++) {
            double[] shares = says.shares().get(k);
            text.append(modes.get(k)).append(": rank ").append(shares.length).append(System.lineSeparator());
            for (int r = 0; r < Math.min(DIRECTIONS, shares.length); r++) {
                text.append(String.format(Locale.ROOT, "  direction %d, %.1f %%: %s%n", r + 1, 100 * shares[r], heaviest(k, r)));
            }
        }
        text.append(String.format(Locale.ROOT, "The best start, %s, ended after %s, stationary to %.1e.%n", model.starts().best(),
                count(model.starts().sweeps(), "sweep"), model.starts().violation()));
        if (!model.encoding().unused().isEmpty()) {
            text.append(String.format("Sources not used: %s.%n", String.join(", ", model.encoding().unused())));
        }
        return text.toString();
    }

    private String heaviest(int mode, int direction) {
        Tensor loadings = says.loadings().get(mode);
        List<String> names = says.names().get(mode);
        return IntStream.range(0, names.size()).boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(loadings.get(i, direction)))).limit(PLACES)
                .map(i -> String.format(Locale.ROOT, "%s %+.2f", names.get(i), loadings.get(i, direction)))
                .collect(Collectors.joining(", "));
    }

    private static String count(int number, String what) {
        return number == 0 ? "no " + what : number + " " + what + (number == 1 ? "" : "s");
    }

    private static List<String> directions(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(r -> "direction " + r).toList();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
