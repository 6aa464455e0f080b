package intarsia.models.report.run;

import intarsia.models.explanation.Explanation;
import intarsia.models.report.Figure;
import intarsia.models.report.HeatMap;
import intarsia.models.report.Page;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What predictions of a response are made of, source by source or column by column.
 *
 * @param part the response with each task's rows
 */
record PartsSection(ExplanationPage.Part part) {
    private static final int MOST_ROWS = 16;
    private static final int MOST_LINES = 60;
    private static final int MOST_PLAYERS = 30;

    private Map<String, ExplanationPage.OfTask> tasks() {
        return part.tasks();
    }

    private Explanation.By by() {
        return tasks().values().iterator().next().parts().by();
    }

    private boolean told() {
        return tasks().values().stream().anyMatch(of -> of.parts().tellsShared());
    }

    private List<String> all() {
        return tasks().values().stream().flatMap(of -> of.parts().names().stream()).distinct().sorted().toList();
    }

    /** Those that are shown, by name: all, or the {@value #MOST_PLAYERS} that move predictions most. */
    private List<String> shown() {
        List<String> largest = largest(all());
        return largest.subList(0, Math.min(MOST_PLAYERS, largest.size())).stream().sorted().toList();
    }

    private List<String> largest(List<String> players) {
        Map<String, Double> sizes = players.stream().collect(Collectors.toMap(player -> player, this::size));
        return players.stream().sorted(Comparator.comparing(sizes::get, Comparator.reverseOrder())).toList();
    }

    /** The mean size of a player's part over all rows. */
    private double size(String player) {
        return tasks().values().stream().mapToDouble(of -> size(of, player) * of.rows().size()).sum() / part.rows();
    }

    /** The mean size of a player's part. */
    private static double size(ExplanationPage.OfTask of, String player) {
        int i = of.parts().names().indexOf(player);
        return i < 0 ? 0 : IntStream.range(0, of.rows().size()).mapToDouble(row -> Math.abs(of.parts().part(i, of.shown(row)))).average()
                .orElse(0);
    }

    private String adds() {
        return by() == Explanation.By.SOURCE ? "what its block adds to the prediction, over all orders in which blocks might have been "
                + "measured; a block not yet measured is imputed by the model, or left out, as it would be in a row that lacks it."
                : "what its cell adds to the prediction, over all orders in which cells might have been measured; a cell not yet "
                + "measured is filled as it would be in a row that lacks it.";
    }

    private String errors() {
        double largest = tasks().values().stream().mapToDouble(of -> of.parts().largestError()).max().orElse(0);
        return largest == 0 ? "" : " All orders were too many to count, so some were drawn at random, each with its reverse: the largest "
                + "standard error of a part is " + Rounded.of(largest) + "; `explanations.csv` has that of each row.";
    }

    /** What is said of its heading comes after it. */
    void write(Page page, String after) {
        page.section("Parts of predictions" + after).paragraph("A prediction is a baseline, which is what the model says of a row of the "
                + "task without any number, and a part for each " + by() + "; they add up on the scale of the linear predictor: "
                + part.scale() + ". A " + by() + "'s part is its Shapley value: " + adds() + errors()
                + (told() ? " What tasks share and what is the task's own divide the same sum in another way."
                        : " The model does not tell what of it tasks share.")
                + (tasks().values().iterator().next().parts().family().predictors() > 1 ? " Shown is each row's most probable class." : "")
                + (all().size() > MOST_PLAYERS ? " Shown are the " + MOST_PLAYERS + " that move predictions most; `explanations.csv` has "
                + "all." : ""));
        List<String> players = shown();
        if (!players.isEmpty()) {
            page.figures(List.of(sizes(players), rows(players)));
        }
        page.folded(table(players));
    }

    /** What moves predictions most, on average over rows. */
    String verdict() {
        List<String> order = largest(all());
        if (order.isEmpty() || size(order.getFirst()) == 0) {
            return "Nothing that was measured moves these predictions.";
        }
        return "What moves these predictions most is " + order.getFirst() + ", by " + Rounded.of(size(order.getFirst())) + " on average"
                + (order.size() == 1 ? "" : "; then " + order.get(1) + ", by " + Rounded.of(size(order.get(1)))) + " (" + part.scale()
                + ").";
    }

    private Figure sizes(List<String> players) {
        double[][] cells = tasks().values().stream().map(of -> players.stream().mapToDouble(player -> size(of, player)).toArray())
                .toArray(double[][]::new);
        double largest = Arrays.stream(cells).flatMapToDouble(Arrays::stream).max().orElse(0);
        return new HeatMap(List.copyOf(tasks().keySet()), players, cells, 0, largest == 0 ? 1 : largest).figure("sizes",
                "Mean size of parts, task by task", "Mean over rows of the size of each " + by() + "'s part (" + part.scale()
                + "). The darker, the larger.");
    }

    private List<String> headings(List<String> players) {
        List<String> headings = new ArrayList<>(told() ? List.of("shared", "own") : List.of());
        headings.addAll(players);
        return headings;
    }

    private double[] parts(ExplanationPage.OfTask of, int at, List<String> players) {
        List<String> names = of.parts().names();
        DoubleStream both = told() ? DoubleStream.of(of.parts().shared(at), of.parts().own(at)) : DoubleStream.empty();
        return DoubleStream.concat(both, players.stream().mapToDouble(player -> names.contains(player)
                ? of.parts().part(names.indexOf(player), at) : Double.NaN)).toArray();
    }

    private Figure rows(List<String> players) {
        List<String> names = new ArrayList<>();
        List<double[]> cells = new ArrayList<>();
        tasks().forEach((task, of) -> {
            for (int row = 0; row < of.rows().size() && row < Math.max(1, MOST_ROWS / tasks().size()) && names.size() < MOST_ROWS; row++) {
                names.add(task + ", " + of.rows().rows().get(row));
                cells.add(parts(of, of.shown(row), players));
            }
        });
        double largest = cells.stream().flatMapToDouble(Arrays::stream).filter(cell -> !Double.isNaN(cell)).map(Math::abs).max().orElse(0);
        return new HeatMap(names, headings(players), cells.toArray(double[][]::new), largest == 0 ? -1 : -largest, largest == 0 ? 1
                : largest)
                .figure("rows", "Parts of single predictions", "The first rows of each task. Blue raises the prediction, red lowers it"
                        + (told() ? "; shared and own divide the same sum as the " + by() + "s" : "") + ".");
    }

    private Table table(List<String> players) {
        List<String> header = new ArrayList<>(List.of("task", "row", "linear", "baseline"));
        header.addAll(headings(players));
        List<List<String>> lines = new ArrayList<>();
        tasks().forEach((task, of) -> {
            for (int row = 0; row < of.rows().size() && lines.size() < MOST_LINES; row++) {
                int at = of.shown(row);
                List<String> line = new ArrayList<>(List.of(task, of.rows().rows().get(row), Rounded.of(of.parts().prediction()[at]),
                        Rounded.of(of.parts().baseline()[at])));
                Arrays.stream(parts(of, at, players)).forEach(part -> line.add(Double.isNaN(part) ? "" : Rounded.of(part)));
                lines.add(line);
            }
        });
        return new Table("Row by row", part.rows() > lines.size() ? "The first " + lines.size() + " of " + part.rows()
                + " rows; explanations.csv has all." : "", header, lines);
    }
}
