package intarsia.models.reduction;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.AcceptsTasks;
import intarsia.models.BoundModel;
import intarsia.models.Finding;
import intarsia.models.ImputationMethod;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Outcome;
import intarsia.models.RecordsPredictions;
import intarsia.models.Weights;
import intarsia.models.data.CellNodes;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A model for each binary question about levels ({@link BinaryReduction}). Blocks are imputed by the first. Immutable.
 *
 * @param settings  the tasks
 * @param additions of each task whose levels are in order, what is added to the probability of each, below 1 in all
 * @param members   the models, by the questions' numbers
 */
public record ReducedModel(Settings settings, Weights additions, Map<String, Model> members)
        implements RecordsPredictions, ImputesBlocks, AcceptsTasks {
    /** Names it in files. */
    public static final String KIND = "reduction";

    /**
     * What is saved.
     *
     * @param responses the tasks
     * @param questions how many there are
     */
    public record Settings(Map<String, ResponseFamily> responses, int questions) {
        /** Copies the map, in the order of tasks' names, and checks the number. */
        public Settings {
            responses = Collections.unmodifiableMap(new TreeMap<>(responses));
            int most = responses.values().stream().filter(family -> LevelQuestions.of(family) != null)
                    .mapToInt(LevelQuestions::count).max().orElse(0);
            if (questions < 1 || questions > most) {
                throw new IllegalArgumentException(questions + " questions of tasks with " + most + " at most");
            }
        }

        /** The members' names. */
        public List<String> names() {
            return IntStream.range(0, questions).mapToObj(ReducedModel::member).toList();
        }
    }

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if members and additions are not those of the tasks' questions
     */
    public ReducedModel {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        if (!List.copyOf(members.keySet()).equals(settings.names())) {
            throw new IllegalArgumentException("models " + members.keySet() + " where there are " + settings.questions + " questions");
        }
        Map<String, Shape> expected = new LinkedHashMap<>();
        for (Map.Entry<String, ResponseFamily> task : settings.responses.entrySet()) {
            ResponseFamily family = task.getValue();
            boolean asIs = family.equals(members.get(member(0)).responses().get(task.getKey()));
            int asked = asIs ? settings.questions : LevelQuestions.of(family) == null ? -1 : LevelQuestions.count(family);
            for (int question = 0; question < settings.questions; question++) {
                ResponseFamily learned = members.get(member(question)).responses().get(task.getKey());
                if (asked > settings.questions || !(question >= asked ? learned == null : asIs ? family.equals(learned)
                        : ResponseFamily.BINARY.equals(learned))) {
                    throw new IllegalArgumentException("member '" + member(question) + "' was not fitted to a question of task '"
                            + task.getKey() + "'");
                }
            }
            if (!asIs && LevelQuestions.of(family) == LevelQuestions.ABOVE) {
                expected.put(task.getKey(), Shape.of(family.width()));
            }
        }
        additions.check(expected);
        additions.tensors().forEach((task, each) -> {
            double sum = Arrays.stream(each.toDoubles()).map(share -> share > 0 ? share : Double.NaN).sum();
            if (!(sum < 1)) {
                throw new IllegalArgumentException("what is added to the levels of task '" + task + "' must be above 0, in all below 1");
            }
        });
    }

    static String member(int question) {
        return Integer.toString(question + 1);
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return settings.responses;
    }

    /** The tasks whose levels became questions. */
    private Set<String> reduced() {
        return tasks().stream().filter(task -> !response(task).equals(first().response(task))).collect(Collectors.toSet());
    }

    private Model first() {
        return members.get(member(0));
    }

    @Override
    public String missingCells() {
        return first().missingCells();
    }

    /** The first has all tasks, and so all sources. */
    @Override
    public List<Source> sources() {
        return first().sources();
    }

    @Override
    public List<Source> requiredSources() {
        return first().requiredSources();
    }

    @Override
    public boolean imputes() {
        return first() instanceof ImputesBlocks imputing && imputing.imputes();
    }

    @Override
    public ImputationMethod imputationMethod() {
        return ((ImputesBlocks) first()).imputationMethod();
    }

    @Override
    public Map<Source, double[][]> impute(Engine engine, String task, Observations rows) {
        if (!imputes()) {
            throw new DataException("models of kind " + first().state().kind() + " impute no blocks; fit with --model gp or mtl-hmb");
        }
        return ((ImputesBlocks) first()).impute(engine, task, rows);
    }

    @Override
    public boolean recordsPredictions() {
        return members.values().stream().allMatch(RecordsPredictions::records);
    }

    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        ResponseFamily family = response(task);
        if (!reduced().contains(task)) {
            return RecordsPredictions.of(first()).record(graph, task, cells);
        }
        Node levels = LevelQuestions.of(family).levels(members.values().stream().limit(LevelQuestions.count(family))
                .map(member -> RecordsPredictions.of(member).record(graph, task, cells)).toList());
        Tensor more = additions.tensors().getOrDefault(task, Tensor.zeros(family.width()));
        return levels.times(1 - Arrays.stream(more.toDoubles()).sum()).plus(graph.constant(more.reshape(Shape.of(1, more.size()))));
    }

    @Override
    public BoundModel bind(Engine engine) {
        Set<String> reduced = reduced();
        List<BoundModel> bound = new ArrayList<>();
        try {
            members.values().forEach(member -> bound.add(member.bind(engine)));
        } catch (RuntimeException e) {
            bound.forEach(BoundModel::close);
            throw e;
        }
        return new BoundModel() {
            @Override
            public double[] predict(String task, Observations rows) {
                ResponseFamily family = response(task);
                return !reduced.contains(task) ? bound.getFirst().predict(task, rows) : levels(task, rows.size(),
                        bound.subList(0, LevelQuestions.count(family)).stream().map(member -> member.predict(task, rows)).toList());
            }

            @Override
            public void close() {
                bound.forEach(BoundModel::close);
            }
        };
    }

    private double[] levels(String task, int rows, List<double[]> answers) {
        ResponseFamily family = response(task);
        double[] levels = new double[rows * family.width()];
        double[] yes = new double[answers.size()];
        for (int i = 0; i < rows; i++) {
            for (int question = 0; question < yes.length; question++) {
                yes[question] = answers.get(question)[i];
            }
            LevelQuestions.of(family).levels(yes, levels, i * family.width());
        }
        if (additions.tensors().containsKey(task)) {
            LevelQuestions.add(additions.get(task).toDoubles(), levels);
        }
        return levels;
    }

    @Override
    public boolean acceptsTasks() {
        return members.values().stream().allMatch(member -> member instanceof AcceptsTasks accepting && accepting.acceptsTasks());
    }

    @Override
    public boolean needsVariedResponse() {
        return ((AcceptsTasks) first()).needsVariedResponse();
    }

    /** Every member takes the task's question. */
    @Override
    public Outcome<? extends Model> add(Engine engine, TaskSplit task, RandomStream random) {
        Task added = task.task();
        if (LevelQuestions.of(added.family()) == null || LevelQuestions.count(added.family()) > settings.questions) {
            throw new DataException("task '" + added.name() + "' has a response of kind " + added.family().key()
                    + ", and the model learned levels, " + settings.questions + " questions");
        }
        Map<String, ResponseFamily> responses = new TreeMap<>(settings.responses);
        responses.put(added.name(), added.family());
        return added(engine, task, random, 0, members).map(all -> new ReducedModel(new Settings(responses, settings.questions),
                additions.and(BinaryReduction.addition(task)), all));
    }

    private static Outcome<Map<String, Model>> added(Engine engine, TaskSplit task, RandomStream random, int question,
            Map<String, Model> members) {
        if (question == LevelQuestions.count(task.task().family())) {
            return new Outcome.Converged<>(members, 1);
        }
        String label = LevelQuestions.label(Stream.of(task.task().family()), question);
        TaskSplit own = new TaskSplit(BinaryTasks.binary(task.task(), question), task.train(), task.validation(), task.test());
        return ((AcceptsTasks) members.get(member(question))).add(engine, own, random.child(label))
                .<Map<String, Model>>map(model -> {
                    Map<String, Model> more = new LinkedHashMap<>(members);
                    more.put(member(question), model);
                    return more;
                }).then(more -> added(engine, task, random, question + 1, more));
    }

    @Override
    public ModelState state() {
        Map<String, ModelState> states = new LinkedHashMap<>();
        members.forEach((name, member) -> states.put(name, member.state()));
        return new ModelState(KIND, settings, additions, states);
    }

    private String label(int question) {
        return LevelQuestions.label(reduced().stream().map(this::response), question);
    }

    /** What all members share once, the others with what was asked. */
    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int question = 0; question < settings.questions; question++) {
            String label = label(question);
            members.get(member(question)).hyperparameters().forEach((name, value) -> {
                boolean common = members.values().stream().allMatch(member -> value.equals(member.hyperparameters().get(name)));
                all.put(common ? name : name + " (" + label + ")", value);
            });
        }
        return all;
    }

    /** How levels are learned, then what each member says. */
    @Override
    public List<Finding> findings(TaskSet data) {
        BinaryTasks tasks = new BinaryTasks(data, reduced());
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding.Text("levels", "How levels are learned", reduced().stream().map(this::response)
                .map(family -> LevelQuestions.of(family).words()).distinct().sorted().collect(Collectors.joining("; ")) + ".\n"));
        for (int question = 0; question < tasks.questions(); question++) {
            String name = "question-" + member(question);
            String label = label(question);
            members.get(member(question)).findings(tasks.at(question)).forEach(finding -> findings.add(finding.of(name, label)));
        }
        return findings;
    }
}
