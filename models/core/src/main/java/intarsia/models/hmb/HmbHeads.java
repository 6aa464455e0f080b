package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Weights;
import intarsia.models.net.RowProgram;
import intarsia.models.net.TaskNetwork;
import intarsia.models.net.TaskTable;
import java.util.Arrays;
import java.util.List;

/**
 * The heads of an MTL-HMB, for methods that learn them in another way and leave all below as it is. A prediction is linear in the last
 * layers of the two paths:
 *
 * <pre>
 * z^t = (w_c + delta_t)' h_L + alpha_t' k_L + b_t
 * w_c      the shared head         [path width]
 * delta_t  rows of the task's head that read the shared path: its deviation from the shared head         [path width]
 * alpha_t  rows of the task's head that read the task's path                                             [path width]
 * b_t      the sum of both heads' intercepts
 * </pre>
 *
 * <p>For networks without a linear path, whose predictions heads alone make, and responses of one linear predictor.
 */
public final class HmbHeads {
    private HmbHeads() {}

    /**
     * What the heads of a task read.
     *
     * @param shared       h_L, rows x path width
     * @param taskSpecific k_L, rows x path width
     */
    public record Inputs(double[][] shared, double[][] taskSpecific) {}

    /**
     * One task's head.
     *
     * @param deviation    delta_t
     * @param taskSpecific alpha_t
     * @param intercept    b_t
     */
    public record Head(double[] deviation, double[] taskSpecific, double intercept) {}

    /**
     * Learns step 2 anew with {@code tau sum_t ||delta_t||^2} added, which shrinks the tasks' heads towards the shared one; step 1 is kept.
     *
     * @param model  fitted on these data
     * @param tables of {@link MtlHmbModel#imputation}, completed on the context's engine
     * @param tau    not negative
     */
    public static Outcome<MtlHmbModel> shrink(FitContext context, MtlHmbModel model, List<TaskTable> tables, double tau) {
        TaskNetwork network = new Shrunk(HmbNetwork.of(model.options(), model.layout(), model.encoding()), tau);
        return model.options().training(tables).fit(context.engine(), network, tables, context.random(), "learning tasks",
                context.progress())
                .map(trained -> model.with(trained.model()));
    }

    private record Shrunk(HmbNetwork network, double tau) implements TaskNetwork {
        @Override
        public Result apply(Graph graph, int task, Node x) {
            return network.apply(graph, task, x);
        }

        @Override
        public List<Result> apply(Graph graph, List<Node> xs) {
            return network.apply(graph, xs);
        }

        @Override
        public RowLasso rowLasso() {
            return network.rowLasso();
        }

        @Override
        public Node penalty(Graph graph, List<Result> results) {
            Node sum = network.penalty(graph, results);
            for (int t = 0; t < results.size(); t++) {
                sum = sum.plus(network.deviation(graph, t).square().sum().times(tau));
            }
            return sum;
        }
    }

    /**
     * What a task's head reads of whole rows.
     *
     * @param task the task's number in the layout
     * @param x    features, rows x width, row-major, as tables hold them
     * @throws IllegalArgumentException if the model has a linear path
     */
    public static Inputs inputs(Engine engine, MtlHmbModel model, int task, double[] x) {
        check(model);
        HmbNetwork network = HmbNetwork.of(model.options(), model.layout(), model.encoding());
        try (RowProgram program = new RowProgram(engine, model.networkWeights(), model.layout().width(), (graph, rows) -> {
            HmbNetwork.Paths paths = network.paths(graph, task, rows);
            return List.of(paths.shared(), paths.taskSpecific());
        })) {
            double[][] results = program.run(x);
            return new Inputs(rows(model, results[0]), rows(model, results[1]));
        }
    }

    private static double[][] rows(MtlHmbModel model, double[] numbers) {
        int width = model.options().path().width();
        return Tensor.of(Shape.of(numbers.length / width, width), numbers).toRows();
    }

    /**
     * The model with other heads.
     *
     * @param shared w_c
     * @param heads  one for each task, in the layout's order
     * @throws IllegalArgumentException if their sizes are not the model's, or it has a linear path
     */
    public static MtlHmbModel replace(MtlHmbModel model, double[] shared, List<Head> heads) {
        check(model);
        HmbNetwork network = HmbNetwork.of(model.options(), model.layout(), model.encoding());
        if (heads.size() != model.layout().tasks().size()) {
            throw new IllegalArgumentException(heads.size() + " heads for " + model.layout().tasks().size() + " tasks");
        }
        Weights weights = head(model, network.sharedHead(0), shared, 0);
        for (int t = 0; t < heads.size(); t++) {
            Head head = heads.get(t);
            double[] both = Arrays.copyOf(head.deviation, head.deviation.length + head.taskSpecific.length);
            System.arraycopy(head.taskSpecific, 0, both, head.deviation.length, head.taskSpecific.length);
            weights = weights.and(head(model, network.taskHead(t), both, head.intercept));
        }
        return model.with(weights);
    }

    private static void check(MtlHmbModel model) {
        if (model.options().additions().linear() != Additions.Linear.NONE) {
            throw new IllegalArgumentException("the model's predictions are those of its heads and of a linear path; fit it without: "
                    + "additions(additions().linear(Additions.Linear.NONE))");
        }
        model.responses().forEach((task, response) -> {
            if (response.predictors() > 1) {
                throw new IllegalArgumentException("the response of task '" + task + "' has " + response.predictors()
                        + " linear predictors; heads are known of one");
            }
        });
    }

    private static Weights head(MtlHmbModel model, String path, double[] weight, double bias) {
        return Weights.NONE.and(path + "/weight", Tensor.of(Shape.of(weight.length, 1), weight).to(model.weights().precision()))
                .and(path + "/bias", Tensor.vector(bias).to(model.weights().precision()));
    }
}
