package intarsia.cli;

import intarsia.linalg.Tensor;
import intarsia.models.data.Source;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.study.Figure;
import intarsia.models.study.tenmtl.LoadingFigures;
import intarsia.models.tenmtl.Interpretation;
import intarsia.models.tenmtl.TenMtlModel;
import intarsia.models.tenmtl.TensorEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a TenMTL says about individuals and predictors, as tables and pictures. */
final class TenMtlReport {
    private static final int SHOWN = 4;

    private final Interpretation says;
    private final TenMtlModel model;
    private final List<String> modes;

    TenMtlReport(TenMtlModel model) {
        this.says = Interpretation.of(model);
        this.model = model;
        List<TensorEncoding.Mode> all = model.encoding().modes();
        this.modes = all.stream().map(mode -> mode.constant() ? mode.sources().stream().map(Source::name).collect(Collectors.joining("-")) : "predictors")
                .toList();
    }

    /**
     * Writes {@code individuals.csv} (coordinates, intercept, who is most alike), {@code similarity.csv}, {@code loadings-MODE.csv},
     * {@code variance.csv} and a figure of each mode.
     */
    void write(FolderWriter run) {
        run.write("individuals.csv", individuals());
        run.write("similarity.csv", matrix("individual", says.individuals(), says.individuals(), says.similarity()));
        for (int k = 0; k < modes.size(); k++) {
            Tensor loadings = says.loadings().get(k);
            run.write("loadings-" + modes.get(k) + ".csv", matrix("place", directions(loadings.shape().columns()), says.names().get(k), loadings));
        }
        run.write("variance.csv", variance());
        for (Figure figure : LoadingFigures.of(says, modes)) {
            run.write("figures/" + figure.name() + ".svg", figure.svg());
            run.write("figures/" + figure.name() + ".png", figure.png());
        }
    }

    private String individuals() {
        double[] intercepts = model.models().intercepts();
        int rank = says.scores().shape().columns();
        List<String> header = new ArrayList<>(List.of("individual"));
        header.addAll(directions(rank));
        header.addAll(List.of("intercept", "most_alike", "similarity"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < intercepts.length; i++) {
            List<String> row = new ArrayList<>(List.of(says.individuals().get(i)));
            for (int r = 0; r < rank; r++) {
                row.add(Double.toString(says.scores().get(i, r)));
            }
            int nearest = says.nearest(i);
            row.add(Double.toString(intercepts[i] * model.encoding().responseScale()));
            row.add(nearest < 0 ? "" : says.individuals().get(nearest));
            row.add(nearest < 0 ? "" : Double.toString(says.similarity().get(i, nearest)));
            rows.add(row);
        }
        return Results.csv(header, rows);
    }

    private String variance() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("individuals", "common", Double.toString(says.commonShare())));
        for (int r = 0; r < says.scoreShares().length; r++) {
            rows.add(List.of("individuals", Integer.toString(r + 1), Double.toString(says.scoreShares()[r])));
        }
        for (int k = 0; k < modes.size(); k++) {
            double[] shares = says.shares().get(k);
            for (int r = 0; r < shares.length; r++) {
                rows.add(List.of(modes.get(k), Integer.toString(r + 1), Double.toString(shares[r])));
            }
        }
        return Results.csv(List.of("mode", "direction", "share"), rows);
    }

    private static List<String> directions(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(r -> "direction_" + r).toList();
    }

    private static String matrix(String corner, List<String> columns, List<String> names, Tensor values) {
        List<String> header = new ArrayList<>(List.of(corner));
        header.addAll(columns);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<String> row = new ArrayList<>(List.of(names.get(i)));
            for (int j = 0; j < columns.size(); j++) {
                row.add(Double.toString(values.get(i, j)));
            }
            rows.add(row);
        }
        return Results.csv(header, rows);
    }

    /** For each mode, the shares of its directions and the places that weigh most in them. */
    String text() {
        StringBuilder text = new StringBuilder(String.format("what individuals have in common: %.1f %% of the squared coefficients; ranks %d, %s%n",
                100 * says.commonShare(), model.options().individualRank(), IntStream.of(model.options().predictorRanks())
                        .mapToObj(Integer::toString).collect(Collectors.joining(", "))));
        TextTable table = new TextTable("mode", "direction", "share", "weighs most in");
        for (int k = 0; k < modes.size(); k++) {
            for (int r = 0; r < Math.min(SHOWN, says.shares().get(k).length); r++) {
                table.line(r == 0 ? modes.get(k) : "", Integer.toString(r + 1), String.format("%.1f %%", 100 * says.shares().get(k)[r]),
                        heaviest(k, r));
            }
        }
        for (int r = 0; r < Math.min(SHOWN, says.scoreShares().length); r++) {
            table.line(r == 0 ? "individuals" : "", Integer.toString(r + 1), String.format("%.1f %%", 100 * says.scoreShares()[r]),
                    r == 0 ? "(deviations from what is common)" : "");
        }
        return text.append(table).append('\n').toString();
    }

    /** Of the last individual, who was added to the others: where it is among them. */
    String newcomer() {
        int last = says.individuals().size() - 1;
        int nearest = says.nearest(last);
        return nearest < 0 ? "'" + says.individuals().get(last) + "' does not differ from what is common"
                : String.format("'%s' deviates from what is common most like '%s' (cosine %.3f)", says.individuals().get(last), says.individuals().get(nearest),
                        says.similarity().get(last, nearest));
    }

    private String heaviest(int mode, int direction) {
        Tensor loadings = says.loadings().get(mode);
        List<String> names = says.names().get(mode);
        return IntStream.range(0, names.size()).boxed()
                .sorted((i, j) -> Double.compare(Math.abs(loadings.get(j, direction)), Math.abs(loadings.get(i, direction)))).limit(3)
                .map(i -> String.format("%s %+.2f", names.get(i), loadings.get(i, direction))).collect(Collectors.joining(", "));
    }
}
