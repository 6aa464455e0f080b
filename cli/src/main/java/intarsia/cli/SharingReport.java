package intarsia.cli;

import intarsia.models.dual.Dendrogram;
import intarsia.models.dual.Sharing;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.study.HeatMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What tasks share in a dual encoder, for people and for files: {@code sharing.txt} has all of it, {@code sharing.csv} a row a task,
 * {@code similarity.csv} and {@code similarity.svg} the tasks against each other (in the order of the tree in the latter), {@code trace.csv} the objective after every alternation.
 */
record SharingReport(Sharing sharing, String similarity, double strength, List<Double> trace) {
    static final String TEXT = "sharing.txt";

    String text() {
        StringBuilder text = new StringBuilder("what the tasks share: similarity ").append(similarity)
                .append(String.format(Locale.ROOT, ", strength %.4g%n%n", strength));
        TextTable tasks = new TextTable("task", "|beta|", "apart from the center", "share of the prediction that is shared");
        for (int r = 0; r < sharing.tasks().size(); r++) {
            tasks.line(sharing.tasks().get(r), number(sharing.norm()[r]), joined(r) ? "0 (joined)" : number(sharing.deviation()[r]),
                    Double.isNaN(sharing.share()[r]) ? "none" : number(sharing.share()[r]));
        }
        text.append(tasks).append("\ncosine of the angle between tasks' coefficients\n");
        List<Integer> order = sharing.dendrogram().order();
        List<String> header = new ArrayList<>(List.of(""));
        order.forEach(r -> header.add(sharing.tasks().get(r)));
        TextTable matrix = new TextTable(header);
        for (int r : order) {
            List<String> line = new ArrayList<>(List.of(sharing.tasks().get(r)));
            order.forEach(s -> line.add(String.format(Locale.ROOT, "%.2f", sharing.similarity()[r][s])));
            matrix.line(line);
        }
        text.append(matrix).append("\ntree of tasks by the distance of their coefficients, average linkage\n");
        tree(sharing.dendrogram().root(), 0, text);
        return text.toString();
    }

    private boolean joined(int r) {
        return sharing.deviation()[r] <= 1e-9 * sharing.norm()[r];
    }

    private void tree(Dendrogram.Node node, int depth, StringBuilder to) {
        to.append("  ".repeat(depth));
        switch (node) {
            case Dendrogram.Leaf(int number) -> to.append(sharing.tasks().get(number)).append('\n');
            case Dendrogram.Merge(Dendrogram.Node left, Dendrogram.Node right, double height) -> {
                to.append(number(height)).append('\n');
                tree(left, depth + 1, to);
                tree(right, depth + 1, to);
            }
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    void write(FolderWriter run) {
        run.write(TEXT, text());
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < sharing.tasks().size(); r++) {
            rows.add(List.of(sharing.tasks().get(r), Double.toString(sharing.norm()[r]), Double.toString(joined(r) ? 0 : sharing.deviation()[r]),
                    Double.isNaN(sharing.share()[r]) ? "" : Double.toString(sharing.share()[r])));
        }
        run.write("sharing.csv", Results.csv(List.of("task", "norm", "deviation", "shared_share"), rows));
        List<String> header = new ArrayList<>(List.of("task"));
        header.addAll(sharing.tasks());
        run.write("similarity.csv", Results.csv(header, IntStream.range(0, sharing.tasks().size()).mapToObj(r -> {
            List<String> row = new ArrayList<>(List.of(sharing.tasks().get(r)));
            for (double cosine : sharing.similarity()[r]) {
                row.add(Double.toString(cosine));
            }
            return row;
        }).toList()));
        List<Integer> order = sharing.dendrogram().order();
        List<String> names = order.stream().map(sharing.tasks()::get).toList();
        double[][] cosines = order.stream().map(r -> order.stream().mapToDouble(s -> sharing.similarity()[r][s]).toArray()).toArray(double[][]::new);
        run.write("similarity.svg", new HeatMap(names, names, cosines, -1, 1).figure("similarity", "What tasks share", "").svg());
        run.write("trace.csv", Results.csv(List.of("alternation", "objective"), IntStream.range(0, trace.size())
                .mapToObj(i -> List.of(Integer.toString(i), Double.toString(trace.get(i)))).toList()));
    }
}
