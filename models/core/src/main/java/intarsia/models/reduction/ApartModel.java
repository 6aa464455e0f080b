package intarsia.models.reduction;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Models of the same kind, each of some of the responses ({@link ResponsesApart}). Immutable.
 *
 * @param settings the tasks
 * @param members  the models, by their numbers
 */
public record ApartModel(Settings settings, Map<String, Model> members)
        implements RecordsPredictions, ImputesBlocks, AcceptsTasks {
    /** Names it in files. */
    public static final String KIND = "responses-apart";

    /**
     * What is saved.
     *
     * @param responses the tasks
     * @param about     what the responses of each member are called
     */
    public record Settings(Map<String, ResponseFamily> responses, List<List<String>> about) {
        /** Copies, in the order of tasks' names. */
        public Settings {
            responses = Collections.unmodifiableMap(new TreeMap<>(responses));
            about = about.stream().map(List::copyOf).toList();
            if (about.size() < 2) {
                throw new IllegalArgumentException(about.size() + " models; responses that are apart have two at least");
            }
        }

        /** The members' names. */
        public List<String> names() {
            return IntStream.range(0, about.size()).mapToObj(ApartModel::member).toList();
        }
    }

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException unless each task is just one member's, with the same response
     */
    public ApartModel {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        if (!List.copyOf(members.keySet()).equals(settings.names())) {
            throw new IllegalArgumentException("models " + members.keySet() + " where there are to be " + settings.names());
        }
        Map<String, ResponseFamily> all = new TreeMap<>();
        int count = 0;
        for (Model member : members.values()) {
            all.putAll(member.responses());
            count += member.responses().size();
        }
        if (!all.equals(settings.responses) || count > all.size()) {
            throw new IllegalArgumentException("tasks " + settings.responses.keySet() + " are not those of the models");
        }
    }

    static String member(int number) {
        return Integer.toString(number + 1);
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return settings.responses;
    }

    /** The name of a task's model. */
    String nameOf(String task) {
        response(task);
        return members.keySet().stream().filter(name -> members.get(name).responses().containsKey(task)).findFirst().orElseThrow();
    }

    @Override
    public String missingCells() {
        return Model.missingCells(members.values().stream());
    }

    @Override
    public List<Source> sources() {
        return members.values().stream().flatMap(member -> member.sources().stream()).distinct().toList();
    }

    /** What any of them needs. */
    @Override
    public List<Source> requiredSources() {
        return members.values().stream().flatMap(member -> member.requiredSources().stream()).distinct().toList();
    }

    @Override
    public boolean imputes() {
        return members.values().stream().allMatch(member -> member instanceof ImputesBlocks imputing && imputing.imputes());
    }

    /** That of the first: all are of the same kind, and look at no response. */
    @Override
    public ImputationMethod imputationMethod() {
        return ((ImputesBlocks) members.get(member(0))).imputationMethod();
    }

    @Override
    public Map<Source, double[][]> impute(Engine engine, String task, Observations rows) {
        Model member = members.get(nameOf(task));
        if (!(member instanceof ImputesBlocks imputing && imputing.imputes())) {
            throw new DataException("models of kind " + member.state().kind() + " impute no blocks; fit with --model gp or mtl-hmb");
        }
        return imputing.impute(engine, task, rows);
    }

    @Override
    public BoundModel bind(Engine engine) {
        Map<String, BoundModel> bound = new LinkedHashMap<>();
        try {
            members.forEach((name, member) -> bound.put(name, member.bind(engine)));
        } catch (RuntimeException e) {
            bound.values().forEach(BoundModel::close);
            throw e;
        }
        return new BoundApart(this, bound);
    }

    @Override
    public boolean recordsPredictions() {
        return members.values().stream().allMatch(RecordsPredictions::records);
    }

    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        return RecordsPredictions.of(members.get(nameOf(task))).record(graph, task, cells);
    }

    @Override
    public boolean acceptsTasks() {
        return members.values().stream().allMatch(member -> member instanceof AcceptsTasks accepting && accepting.acceptsTasks());
    }

    @Override
    public boolean needsVariedResponse() {
        return members.values().stream().anyMatch(member -> ((AcceptsTasks) member).needsVariedResponse());
    }

    /** The model of its response takes the task. */
    @Override
    public Outcome<? extends Model> add(Engine engine, TaskSplit split, RandomStream random) {
        Task task = split.task();
        String name = IntStream.range(0, settings.about.size()).filter(k -> settings.about.get(k).contains(task.about())
                        && members.get(member(k)).responses().containsValue(task.family())).mapToObj(ApartModel::member).findFirst()
                .orElseThrow(() -> new DataException("task '" + task.name() + "': the model learned no such response"));
        Map<String, ResponseFamily> responses = new TreeMap<>(settings.responses);
        responses.put(task.name(), task.family());
        return ((AcceptsTasks) members.get(name)).add(engine, split, random).map(model -> {
            Map<String, Model> more = new LinkedHashMap<>(members);
            more.put(name, model);
            return new ApartModel(new Settings(responses, settings.about), more);
        });
    }

    @Override
    public ModelState state() {
        Map<String, ModelState> states = new LinkedHashMap<>();
        members.forEach((name, member) -> states.put(name, member.state()));
        return new ModelState(KIND, settings, Weights.NONE, states);
    }

    /** What a member learned, for people. */
    private String label(String name) {
        return members.get(name).tasks().stream().sorted().collect(Collectors.joining(", "));
    }

    /** What all members share once, the others with their tasks. */
    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> all = new LinkedHashMap<>();
        members.forEach((member, model) -> model.hyperparameters().forEach((name, value) -> {
            boolean common = members.values().stream().allMatch(other -> value.equals(other.hyperparameters().get(name)));
            all.put(common ? name : name + " (" + label(member) + ")", value);
        }));
        return all;
    }

    /** What each member says of its tasks. */
    @Override
    public List<Finding> findings(TaskSet data) {
        List<Finding> findings = new ArrayList<>();
        members.forEach((name, member) -> {
            List<Task> own = data.tasks().stream().filter(task -> member.responses().containsKey(task.name())).toList();
            if (!own.isEmpty()) {
                member.findings(data.with(own)).forEach(finding -> findings.add(finding.of("responses-" + name, label(name))));
            }
        });
        return findings;
    }
}
