package intarsia.models.trees;

import intarsia.autodiff.Graph;
import intarsia.models.data.BlockEncoder;
import intarsia.models.data.CellNodes;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.net.ObservedTasks.TaskSources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows as trees read them: the features of every source that some task has, by the sources' names, then a 0/1 number for each task if there
 * are several. What is not known is NaN: a missing cell, a source that the task lacks, a level that no training row has. Numbers are F32,
 * standardized first so that none overflows. Immutable.
 */
final class TreeRows {
    private final List<Source> sources;
    private final Map<String, List<BlockEncoder>> encoders = new LinkedHashMap<>();
    private final int features;
    private final int width;

    TreeRows(List<TaskSources> tasks, FeatureEncoding encoding) {
        sources = tasks.stream().flatMap(task -> task.sources().stream()).distinct().sorted(Comparator.comparing(Source::name)).toList();
        tasks.forEach(task -> encoders.put(task.name(), sources.stream().map(source -> encoding.encoder(task.name(), source)).toList()));
        features = sources.stream().mapToInt(encoding::width).sum();
        width = features + (tasks.size() > 1 ? tasks.size() : 0);
    }

    /** How many numbers a row has. */
    int width() {
        return width;
    }

    /** The tasks, in order. */
    List<String> tasks() {
        return List.copyOf(encoders.keySet());
    }

    /** Records the features of rows of a task; numbers for tasks are left out. */
    CellNodes record(String task, Map<Source, CellNodes> cells) {
        List<CellNodes> parts = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            parts.add(encoders.get(task).get(s).recordKnown(cells.get(sources.get(s))));
        }
        Graph graph = parts.getFirst().known().graph();
        return new CellNodes(graph.concat(1, parts.stream().map(CellNodes::values).toList()),
                graph.concat(1, parts.stream().map(CellNodes::known).toList()));
    }

    /** The number of the task's 0/1 number; -1 if there is but one task. */
    int place(String task) {
        return width > features ? features + tasks().indexOf(task) : -1;
    }

    /** Rows of a task, {@code rows x width}, row-major. */
    float[] of(String task, Observations rows) {
        List<BlockEncoder> of = encoders.get(task);
        int place = tasks().indexOf(task);
        float[] all = new float[rows.size() * width];
        double[] known = new double[features];
        for (int i = 0; i < rows.size(); i++) {
            int from = 0;
            for (int s = 0; s < of.size(); s++) {
                double[][] block = rows.blocks().get(sources.get(s));
                of.get(s).encodeKnown(block == null ? null : block[i], known, from);
                from += of.get(s).width();
            }
            for (int f = 0; f < features; f++) {
                all[i * width + f] = (float) Math.clamp(known[f], -Float.MAX_VALUE, Float.MAX_VALUE);
            }
            if (width > features) {
                all[i * width + features + place] = 1;
            }
        }
        return all;
    }
}
