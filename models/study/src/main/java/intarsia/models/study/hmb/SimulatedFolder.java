package intarsia.models.study.hmb;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.simulation.BlockMissing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A replicate of a simulation as a study folder: {@code study.toml} and a CSV for each task with what a method may see, and beside it, in
 * {@code truth/}, every task's table with the hidden blocks too.
 */
public final class SimulatedFolder {
    private SimulatedFolder() {}

    /**
     * Writes the files; committing is left to the caller.
     *
     * @param title  the study's name
     * @param origin how to make the same folder again, one line
     */
    public static void write(FolderWriter to, String title, String origin, BlockMissing.SimulatedBlocks drawn) {
        to.write("study.toml", study(title, origin, drawn));
        to.write("README.md", readme(title, origin, drawn));
        for (int t = 0; t < drawn.data().tasks().size(); t++) {
            Task task = drawn.data().tasks().get(t);
            to.write(file(task), table(task, task.cells()));
            Map<Source, double[][]> all = task.cells();
            all.putAll(drawn.hidden(drawn.data().tasks().get(t).name()));
            to.write("truth/" + file(task), table(task, all));
        }
    }

    private static String file(Task task) {
        return task.name().replace(' ', '-') + ".csv";
    }

    private static String table(Task task, Map<Source, double[][]> blocks) {
        List<String> header = new ArrayList<>(List.of("row"));
        blocks.keySet().forEach(source -> source.columns().stream().map(Column::name).forEach(header::add));
        header.add("y");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < task.size(); i++) {
            List<String> row = new ArrayList<>(List.of(task.rows().get(i)));
            for (double[][] block : blocks.values()) {
                for (double cell : block[i]) {
                    row.add(Double.toString(cell));
                }
            }
            row.add(Double.toString(task.response()[i]));
            rows.add(row);
        }
        return Results.csv(header, rows);
    }

    private static String study(String title, String origin, BlockMissing.SimulatedBlocks drawn) {
        StringBuilder text = new StringBuilder();
        text.append("# Made by  ").append(origin).append("\n# truth/ has the hidden blocks.\n");
        text.append("name = ").append(quoted(title)).append("\nid = \"row\"\n\n");
        text.append("[response]\ncolumn = \"y\"\nkind = \"continuous\"\n\n[tasks]\n");
        for (Task task : drawn.data().tasks()) {
            text.append(quoted(task.name())).append(" = ").append(quoted(file(task))).append('\n');
        }
        text.append("\n[sources]\n");
        List<Source> sources = new ArrayList<>(drawn.data().anchors());
        sources.addAll(drawn.data().others());
        for (Source source : sources) {
            text.append(quoted(source.name())).append(" = [").append(source.columns().stream().map(column -> quoted(column.name()))
                    .collect(Collectors.joining(", "))).append("]\n");
        }
        // All columns have variance 1, and the paper takes everything as it comes.
        return text.append("\n[fit]\nstandardize = false\n").toString();
    }

    private static String readme(String title, String origin, BlockMissing.SimulatedBlocks drawn) {
        return "# " + title + "\n\nMade by `" + origin + "`, after arXiv 2505.24413, section 4.1 and appendix A.2.\n\n"
                + "`study.toml` and its tables are what a method may see; `truth/` has the same rows with the blocks that are "
                + "hidden from it: "
                + drawn.data().tasks().stream().map(task -> hidden(drawn, task)).collect(Collectors.joining("; ")) + ".\n";
    }

    private static String hidden(BlockMissing.SimulatedBlocks drawn, Task task) {
        Map<Source, double[][]> unseen = drawn.hidden(task.name());
        return (unseen.isEmpty() ? "nothing" : unseen.keySet().stream().map(Source::name).collect(Collectors.joining(", "))) + " in "
                + task.name();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
