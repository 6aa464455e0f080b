package intarsia.models.onnx;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Precision;
import intarsia.linalg.Shape;
import intarsia.models.Model;
import intarsia.models.RecordsPredictions;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes a model as ONNX: one file that predicts for every task, from cells as they come. Operator set 17, IR version 8, written without a
 * library.
 *
 * <pre>
 * input  task              string[1]              the task's name; another name gives NaN
 * input  SOURCE            number[rows, columns]  cells in the order of the source's columns, NaN where one is missing; a level is the
 *                                                 number of its place, from 0, among the column's levels (see the metadata)
 * input  SOURCE.present    bool[rows]             whether a row has the source at all
 * output predictions       number[rows, width]    what {@link Model#predict} gives; NaN for a row without a source that every row needs
 * </pre>
 *
 * <p>Numbers are F64, or F32 if that is asked for. Another engine sums in another order and has other elementary functions: its predictions
 * agree with this one's to rounding, not to the bit, and the metadata says so. Metadata: {@code tasks} by their places, {@code response}
 * and {@code outputs} of each, {@code columns} of each source with their levels, and what is given.
 *
 * @param precision of all numbers
 * @param metadata  what to say besides, such as where the model came from
 */
public record OnnxExport(Precision precision, Map<String, String> metadata) {
    /** In F64, nothing said besides. */
    public static final OnnxExport DEFAULT = new OnnxExport(Precision.F64, Map.of());

    /** The largest file that is written, in bytes. */
    public static final long LARGEST = 100_000_000;

    /** How a number of rows is told from other sizes: models have no other size like it. */
    private static final int ROWS = 1_000_003;
    private static final String PRESENT = ".present";
    private static final String TASK = "task";
    private static final String PREDICTIONS = "predictions";

    /** Copies the map. */
    public OnnxExport {
        metadata = new LinkedHashMap<>(metadata);
    }

    /**
     * A model as the bytes of an ONNX file. Costs what one prediction does, and for a Gaussian process of a response that is no quantity
     * the square of its rows in memory for each task.
     *
     * @throws DataException if the model cannot be recorded, reads no source, or would become larger than {@value #LARGEST} bytes
     */
    public byte[] bytes(Model model) {
        RecordsPredictions records = RecordsPredictions.of(model);
        if (model.sources().isEmpty()) {
            throw new DataException("a model that reads no source has nothing to write as ONNX");
        }
        OnnxGraph graph = new OnnxGraph(precision);
        String task = graph.input(TASK, OnnxGraph.STRING, 1);
        Map<Source, Cells> cells = new LinkedHashMap<>();
        for (Source source : model.sources()) {
            cells.put(source, cells(graph, source));
        }
        String height = graph.node("Shape", List.of(cells.values().iterator().next().present));
        List<String> tasks = model.tasks();
        String number = graph.node("ai.onnx.ml", "LabelEncoder", List.of(task), OnnxGraph.attribute("keys_strings", tasks),
                OnnxGraph.attribute("values_int64s", IntStream.range(0, tasks.size()).asLongStream().toArray()),
                OnnxGraph.attribute("default_int64", -1));
        String known = complete(graph, number, model.requiredSources().stream().map(cells::get).toList(), height);
        String predicted = choice(graph, number, 0, tasks.size(), (branch, which) -> predictions(branch, records, tasks.get(which), cells,
                height));
        String whole = graph.node("Where", List.of(known, predicted, graph.constant(new double[] {Double.NaN}, 1)));
        List<Integer> widths = model.responses().values().stream().map(family -> family.width()).distinct().toList();
        Message written = file(model, graph.finish("intarsia", whole, PREDICTIONS, "rows",
                widths.size() == 1 ? widths.getFirst() : "numbers"));
        checkSize(written.size());
        return written.toBytes();
    }

    private static void checkSize(long bytes) {
        if (bytes > LARGEST) {
            throw new DataException("the model would be " + bytes / 1_000_000 + " MB as ONNX, more than " + LARGEST / 1_000_000
                    + " MB; a Gaussian process holds its rows: fit it with fewer inducing rows");
        }
    }

    /** What is known of a source: numbers, 0 where there is none; 1 where there is one; whether a row has it. */
    private record Cells(Source source, String values, String known, String present) {}

    private static Cells cells(OnnxGraph graph, Source source) {
        String values = graph.input(source.name(), graph.numbers(), "rows", source.columns().size());
        String present = graph.input(source.name() + PRESENT, OnnxGraph.BOOL, "rows");
        String there = graph.node("Unsqueeze", List.of(present, graph.longs(1)));
        String known = graph.node("And", List.of(there, graph.node("Not", List.of(graph.node("IsNaN", List.of(values))))));
        return new Cells(source, graph.node("Where", List.of(known, values, graph.constant(new double[1], 1))),
                graph.node("Cast", List.of(known), OnnxGraph.attribute("to", graph.numbers())), there);
    }

    /** Whether the task is known and a row has all it needs, rows x 1. */
    private static String complete(OnnxGraph graph, String number, List<Cells> needed, String height) {
        String all = graph.node("Expand", List.of(graph.node("GreaterOrEqual", List.of(number, graph.longs(0))),
                graph.node("Concat", List.of(graph.node("Slice", List.of(height, graph.longs(0), graph.longs(1))), graph.longs(1)),
                        OnnxGraph.attribute("axis", 0))));
        for (Cells of : needed) {
            all = graph.node("And", List.of(all, of.present));
        }
        return all;
    }

    /** Writes what a task needs. */
    @FunctionalInterface
    private interface Branch {
        String write(OnnxGraph branch, int task);
    }

    /** The result of the branch of a number from one to another; halving keeps branches within branches few. */
    private static String choice(OnnxGraph graph, String number, int from, int to, Branch branches) {
        if (to - from == 1) {
            return branches.write(graph, from);
        }
        int middle = (from + to) / 2;
        OnnxGraph lower = graph.branch();
        String first = choice(lower, number, from, middle, branches);
        OnnxGraph upper = graph.branch();
        String second = choice(upper, number, middle, to, branches);
        return graph.node("If", List.of(graph.node("Less", List.of(number, graph.longs(middle)))),
                OnnxGraph.attribute("then_branch", lower, first), OnnxGraph.attribute("else_branch", upper, second));
    }

    private static String predictions(OnnxGraph branch, RecordsPredictions model, String task, Map<Source, Cells> cells, String height) {
        Graph graph = new Graph();
        OnnxNodes nodes = new OnnxNodes(branch, ROWS, height);
        Map<Source, CellNodes> inputs = new LinkedHashMap<>();
        cells.forEach((source, of) -> {
            Node values = graph.input("values/" + source.name(), ROWS, source.columns().size());
            Node known = graph.input("known/" + source.name(), ROWS, source.columns().size());
            nodes.name(values, of.values);
            nodes.name(known, of.known);
            inputs.put(source, new CellNodes(values, known));
        });
        String written = nodes.write(model.record(graph, task, inputs).broadcastTo(Shape.of(ROWS, model.response(task).width())));
        checkSize(branch.size());
        return written;
    }

    private Message file(Model model, Message graph) {
        Message file = new Message().number(1, 8).text(2, "intarsia")
                .message(8, new Message().text(1, "").number(2, 17))
                .message(8, new Message().text(1, "ai.onnx.ml").number(2, 2))
                .message(7, graph);
        Map<String, String> said = new LinkedHashMap<>();
        said.put("kind", model.state().kind());
        said.put("tasks", String.join("\n", model.tasks()));
        List<String> columns = new ArrayList<>();
        for (Source source : model.sources()) {
            for (Column column : source.columns()) {
                columns.add(String.join("\t", source.name(), column.name(), String.join("\t", column.levels())).strip());
            }
        }
        said.put("columns", String.join("\n", columns));
        model.responses().forEach((task, family) -> {
            said.put("response of " + task, family.key());
            said.put("outputs of " + task, String.join("\n", family.predicted()));
        });
        said.put("required", String.join("\n", model.requiredSources().stream().map(Source::name).toList()));
        said.put("bits", "predictions of other engines agree with Intarsia's to rounding, not to the bit");
        said.putAll(metadata);
        said.forEach((key, value) -> file.message(14, new Message().text(1, key).text(2, value)));
        return file;
    }
}
