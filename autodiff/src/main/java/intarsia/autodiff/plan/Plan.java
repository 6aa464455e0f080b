package intarsia.autodiff.plan;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.autodiff.Rows;
import intarsia.linalg.Command;
import intarsia.linalg.Engine;
import intarsia.linalg.Indices;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Commands that compute some nodes, in buffers laid out once: set the inputs, run, read the outputs, as often as needed. A run allocates
 * nothing.
 *
 * {@snippet class="intarsia.tutorial.AutodiffTutorial" region="train"}
 */
public final class Plan {
    private final Engine engine;
    private final Command[] commands;
    private final Map<Node, View> inputs;
    private final Map<Rows, RowNumbers> rows;
    private final Map<Node, View> outputs;
    private final List<Instruction> instructions;
    private final int arena;

    /** Where row numbers go, and how many rows the smallest table has that they are used on. */
    record RowNumbers(Indices place, int height) {}

    Plan(Engine engine, List<Instruction> instructions, List<Command> commands, Map<Node, View> inputs, Map<Rows, RowNumbers> rows,
            Map<Node, View> outputs, int arena) {
        this.engine = engine;
        this.instructions = instructions;
        this.commands = commands.toArray(Command[]::new);
        this.inputs = inputs;
        this.rows = rows;
        this.outputs = outputs;
        this.arena = arena;
    }

    /** A plan that computes these nodes. */
    public static Plan compile(Parameters parameters, Node... outputs) {
        return compile(parameters, List.of(outputs));
    }

    /** A plan that computes these nodes. */
    public static Plan compile(Parameters parameters, List<Node> outputs) {
        return new Compiler(parameters, outputs, new LinkedHashMap<>()).compile();
    }

    /** A plan that computes the gradient of a scalar with respect to every parameter of its graph, the scalar itself, and other nodes. */
    public static Plan training(Parameters parameters, Node loss, Node... others) {
        List<Node> outputs = new ArrayList<>(List.of(others));
        outputs.add(loss);
        return training(parameters, loss, outputs);
    }

    /**
     * A plan that computes the gradient of a scalar with respect to every parameter of its graph, and of the scalar no more than that
     * needs.
     */
    public static Plan gradient(Parameters parameters, Node loss) {
        return training(parameters, loss, List.of());
    }

    private static Plan training(Parameters parameters, Node loss, List<Node> outputs) {
        List<Node> learned = List.copyOf(loss.graph().parameters().values());
        List<Node> gradients = Gradients.of(loss, learned);
        Map<Node, Node> targets = new LinkedHashMap<>();
        for (int i = 0; i < learned.size(); i++) {
            targets.put(learned.get(i), gradients.get(i));
        }
        return new Compiler(parameters, outputs, targets).compile();
    }

    /** Does the work once. */
    public void run() {
        for (Command command : commands) {
            command.run();
        }
    }

    /** Sets an input. */
    public void set(Node input, Tensor value) {
        if (!value.shape().equals(input.shape())) {
            throw new ShapeException("input " + input + " was given " + value.shape());
        }
        set(input, value.toDoubles());
    }

    /** Sets an input, its numbers in row-major order; allocates nothing. */
    public void set(Node input, double[] values) {
        View place = inputs.get(input);
        if (place == null) {
            String what = input.op() instanceof Op.Input ? "input " + input + " is not read by this plan" : input + " is not an input";
            throw new IllegalArgumentException(what + "; inputs are " + inputs.keySet());
        }
        if (values.length != input.shape().size()) {
            throw new ShapeException("input " + input + " was given " + values.length + " numbers");
        }
        engine.kernels().upload(values, 0, place);
    }

    /**
     * Sets row numbers, from {@code offset} on; allocates nothing.
     *
     * @throws IndexOutOfBoundsException if one is not a row of every table they are used on
     */
    public void set(Rows which, int[] numbers, int offset) {
        RowNumbers to = rows.get(which);
        if (to == null) {
            throw new IllegalArgumentException("rows '" + which.name() + "' are not read by this plan; there are "
                    + rows.keySet().stream().map(Rows::name).toList());
        }
        for (int i = offset; i < offset + which.size(); i++) {
            if (numbers[i] < 0 || numbers[i] >= to.height()) {
                throw new IndexOutOfBoundsException("rows '" + which.name() + "' were given number " + numbers[i] + " for a table of "
                        + to.height());
            }
        }
        engine.kernels().upload(numbers, offset, to.place());
    }

    /** Whether this plan reads these rows. */
    public boolean reads(Rows which) {
        return rows.containsKey(which);
    }

    /** Whether this plan reads this input. */
    public boolean reads(Node input) {
        return inputs.containsKey(input);
    }

    /** An output that is a single number, as the last run left it. */
    public double scalar(Node output) {
        return engine.kernels().read(place(output));
    }

    /** An output as the last run left it. */
    public Tensor get(Node output) {
        double[] numbers = new double[output.shape().size()];
        download(output, numbers);
        return Tensor.of(output.shape(), numbers).to(engine.precision());
    }

    /** Copies an output's numbers out, in row-major order; allocates nothing. */
    public void download(Node output, double[] to) {
        engine.kernels().download(place(output), to, 0);
    }

    private View place(Node output) {
        View place = outputs.get(output);
        if (place == null) {
            throw new IllegalArgumentException(output + " is not an output of this plan; outputs are " + outputs.keySet());
        }
        return place;
    }

    /** A line per instruction with its sizes and floating-point operations, and the totals: instructions, commands, bytes, operations. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        int bytes = engine.precision().bytes();
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            Value out = instruction.writes();
            text.append(String.format(Locale.ROOT, "%4d  %-48s %12s  %9d flops  %9d bytes%n", i, instruction.label(), out.rows() + "x"
                    + out.columns(),
                    instruction.flops(), instruction.elements() * bytes));
        }
        long flops = instructions.stream().mapToLong(Instruction::flops).sum();
        text.append(String.format(Locale.ROOT, "%d instructions, %d commands, arena of %d bytes, %d flops", instructions.size(),
                commands.length,
                (long) arena * bytes, flops));
        return text.toString();
    }
}
