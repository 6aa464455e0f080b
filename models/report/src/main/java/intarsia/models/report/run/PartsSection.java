package intarsia.models.report.run;

import intarsia.models.data.Source;
import intarsia.models.explanation.Explanation;
import intarsia.models.explanation.Shapley;
import intarsia.models.report.Figure;
import intarsia.models.report.HeatMap;
import intarsia.models.report.Page;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What predictions of a response are made of, source by source.
 *
 * @param part the response with each task's rows
 */
record PartsSection(ExplanationPage.Part part) {
    private static final int MOST_ROWS = 16;
    private static final int MOST_LINES = 60;
    private static final int MOST_SOURCES = 40;

    private Map<String, ExplanationPage.OfTask> tasks() {
        return part.tasks();
    }

    private boolean told() {
        return tasks().values().stream().anyMatch(of -> of.parts().tellsShared());
    }

    private List<String> sources() {
        return tasks().values().stream().flatMap(of -> of.parts().sources().stream()).map(Source::name).distinct().sorted().toList();
    }

    /** What is said of its heading comes after it. */
    void write(Page page, String after) {
        Explanation first = tasks().values().iterator().next().parts();
        page.section("Parts of predictions" + after).paragraph("A prediction is a baseline, which is what the model says of a row of the "
                + "task without any number, and a part for each source; they add up on the scale of the linear predictor: "
                + part.scale() + ". A source's part is its Shapley value: what its block adds to the prediction, over all orders "
                + "in which blocks might have been measured; a block not yet measured is imputed by the model, or left out, as it would be "
                + "in a row that lacks it." + (first.sources().size() > Shapley.EXACT ? " With this many sources orders are drawn at "
                + "random; `explanations.csv` has the largest standard error of each row." : "") + (told() ? " What tasks share and what "
                + "is the task's own divide the same sum in another way." : " The model does not tell what of it tasks share.")
                + (first.family().predictors() > 1 ? " Shown is each row's most probable class." : ""));
        if (sources().size() <= MOST_SOURCES && !sources().isEmpty()) {
            page.figures(List.of(sizes(), rows()));
        }
        page.folded(table());
    }

    /** The source that moves predictions most, on average over rows. */
    String verdict() {
        List<String> sources = sources();
        double[] sizes = sources.stream().mapToDouble(source -> tasks().values().stream()
                .mapToDouble(of -> size(of, source) * of.rows().size()).sum()
                / part.rows()).toArray();
        if (sizes.length == 0 || Arrays.stream(sizes).max().orElse(0) == 0) {
            return "Nothing that was measured moves these predictions.";
        }
        List<Integer> order = IntStream.range(0, sizes.length).boxed().sorted((a, b) -> Double.compare(sizes[b], sizes[a])).toList();
        return "What moves these predictions most is " + sources.get(order.getFirst()) + ", by " + Rounded.of(sizes[order.getFirst()])
                + " on average" + (sizes.length == 1 ? "" : "; then " + sources.get(order.get(1)) + ", by "
                        + Rounded.of(sizes[order.get(1)]))
                + " (" + part.scale() + ").";
    }

    /** The mean size of a source's part. */
    private static double size(ExplanationPage.OfTask of, String source) {
        List<String> names = of.parts().sources().stream().map(Source::name).toList();
        int s = names.indexOf(source);
        return s < 0 ? 0 : IntStream.range(0, of.rows().size()).mapToDouble(row -> Math.abs(of.parts().part(s, of.shown(row)))).average()
                .orElse(0);
    }

    private Figure sizes() {
        List<String> sources = sources();
        double[][] cells = tasks().values().stream().map(of -> sources.stream().mapToDouble(source -> size(of, source)).toArray())
                .toArray(double[][]::new);
        double largest = Arrays.stream(cells).flatMapToDouble(Arrays::stream).max().orElse(0);
        return new HeatMap(List.copyOf(tasks().keySet()), sources, cells, 0, largest == 0 ? 1 : largest).figure("sizes",
                "Mean size of parts, task by task", "Mean over rows of the size of each source's part (" + part.scale()
                + "). The darker, the larger.");
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(told() ? List.of("shared", "own") : List.of());
        headings.addAll(sources());
        return headings;
    }

    private double[] parts(ExplanationPage.OfTask of, int at) {
        List<String> names = of.parts().sources().stream().map(Source::name).toList();
        return IntStream.concat(IntStream.range(told() ? -2 : 0, 0), IntStream.range(0, sources().size())).mapToDouble(s ->
                s == -2 ? of.parts().shared(at) : s == -1 ? of.parts().own(at) : names.contains(sources().get(s))
                ? of.parts().part(names.indexOf(sources().get(s)), at) : Double.NaN).toArray();
    }

    private Figure rows() {
        List<String> names = new ArrayList<>();
        List<double[]> cells = new ArrayList<>();
        tasks().forEach((task, of) -> {
            for (int row = 0; row < of.rows().size() && row < Math.max(1, MOST_ROWS / tasks().size()) && names.size() < MOST_ROWS; row++) {
                names.add(task + ", " + of.rows().rows().get(row));
                cells.add(parts(of, of.shown(row)));
            }
        });
        double largest = cells.stream().flatMapToDouble(Arrays::stream).filter(cell -> !Double.isNaN(cell)).map(Math::abs).max().orElse(0);
        return new HeatMap(names, headings(), cells.toArray(double[][]::new), largest == 0 ? -1 : -largest, largest == 0 ? 1 : largest)
                .figure("rows", "Parts of single predictions", "The first rows of each task. Blue raises the prediction, red lowers it"
                        + (told() ? "; shared and own divide the same sum as the sources" : "") + ".");
    }

    private Table table() {
        List<String> header = new ArrayList<>(List.of("task", "row", "linear", "baseline"));
        header.addAll(headings());
        List<List<String>> lines = new ArrayList<>();
        tasks().forEach((task, of) -> {
            for (int row = 0; row < of.rows().size() && lines.size() < MOST_LINES; row++) {
                int at = of.shown(row);
                List<String> line = new ArrayList<>(List.of(task, of.rows().rows().get(row), Rounded.of(of.parts().prediction()[at]),
                        Rounded.of(of.parts().baseline()[at])));
                Arrays.stream(parts(of, at)).forEach(part -> line.add(Double.isNaN(part) ? "" : Rounded.of(part)));
                lines.add(line);
            }
        });
        return new Table("Row by row", part.rows() > lines.size() ? "The first " + lines.size() + " of " + part.rows()
                + " rows; explanations.csv has all." : "", header, lines);
    }
}
