package intarsia.models.stacking;

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
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A weighted mean of models. A task that is added ({@link AcceptsTasks}) is predicted by one of them alone.
 *
 * @param settings weights, and how they came about
 * @param members  the models, by name
 */
public record StackedModel(Settings settings, Map<String, Model> members) implements RecordsPredictions, AcceptsTasks, ImputesBlocks {
    private static final double SUM = 1e-6;

    /**
     * A model with its weight.
     *
     * @param name   of the model
     * @param weight common to all tasks; at least 0
     * @param byTask its weight in each task, at least 0; empty where the common one is used
     */
    public record Member(String name, double weight, Map<String, Double> byTask) {
        /** Copies the map, in the order of tasks' names. */
        public Member {
            byTask = Collections.unmodifiableMap(new TreeMap<>(byTask));
        }

        /** With the same weight in all tasks. */
        public Member(String name, double weight) {
            this(name, weight, Map.of());
        }

        double weight(String task) {
            return byTask.getOrDefault(task, weight);
        }
    }

    /**
     * What is saved.
     *
     * @param members   models and weights, which add up to 1 in each task
     * @param scores    of all candidates
     * @param rows      how many out-of-fold rows judged them
     * @param mixture   the mixture's mean deviance over them
     * @param gain      how much larger that of the best single candidate is
     * @param gainError the standard error of that difference; null with fewer than two rows
     * @param imputer   the model that imputes blocks, a member or one kept for that; null if no candidate imputes
     * @param accepting the model that new tasks are added to, a member or one kept for that; null if no candidate takes tasks
     * @param recalibration what sets the mixture's probabilities right
     */
    public record Settings(List<Member> members, List<CandidateScore> scores, int rows, double mixture, double gain, Double gainError,
            String imputer, String accepting, Recalibration recalibration) {
        /** Copies the lists. */
        public Settings {
            members = List.copyOf(members);
            scores = List.copyOf(scores);
            gainError = gainError == null || gainError.isNaN() ? null : gainError;
            Objects.requireNonNull(recalibration);
        }

        /** The names of the models that are mixed. */
        public List<String> mixed() {
            return members.stream().map(Member::name).toList();
        }

        /** The names of all models: those that are mixed, the imputer, and the one that takes tasks. */
        public List<String> names() {
            return Stream.concat(mixed().stream(), Stream.of(imputer, accepting).filter(Objects::nonNull)).distinct().toList();
        }

        /** The same with other lines. */
        public Settings with(Recalibration other) {
            return new Settings(members, scores, rows, mixture, gain, gainError, imputer, accepting, other);
        }

        /** With a task that the accepting model predicts alone. */
        Settings and(String task, List<String> before) {
            List<Member> weighed = new ArrayList<>(members);
            if (!mixed().contains(accepting)) {
                weighed.add(new Member(accepting, 0));
            }
            return new Settings(weighed.stream().map(member -> {
                Map<String, Double> byTask = new TreeMap<>();
                before.forEach(of -> byTask.put(of, member.weight(of)));
                byTask.put(task, member.name.equals(accepting) ? 1.0 : 0.0);
                return new Member(member.name, member.weight, byTask);
            }).toList(), scores, rows, mixture, gain, gainError, imputer, accepting, recalibration);
        }
    }

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if members and weights do not fit each other, or members predict different things
     */
    public StackedModel {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        if (!members.keySet().equals(Set.copyOf(settings.names()))
                || settings.imputer != null && !(members.get(settings.imputer) instanceof ImputesBlocks)
                || settings.accepting != null && !(members.get(settings.accepting) instanceof AcceptsTasks)) {
            throw new IllegalArgumentException("auto: models " + members.keySet() + " where weights, imputer and what takes tasks name "
                    + settings.names());
        }
        if (settings.members.isEmpty() || settings.mixed().stream().distinct().count() != settings.members.size()) {
            throw new IllegalArgumentException("auto: weights of " + settings.mixed() + "; must be of different models");
        }
        Map<String, ResponseFamily> responses = responses(members);
        Set<String> tasks = responses.keySet();
        boolean common = settings.members.getFirst().byTask.isEmpty();
        for (Member member : settings.members) {
            if (!member.byTask.keySet().equals(common ? Set.of() : tasks)) {
                throw new IllegalArgumentException("auto: member '" + member.name + "' has weights in tasks " + member.byTask.keySet()
                        + " where the models have " + tasks);
            }
            Map<String, ResponseFamily> own = members.get(member.name).responses();
            if (tasks.stream().anyMatch(task -> member.weight(task) != 0 && !responses.get(task).equals(own.get(task)))) {
                throw new IllegalArgumentException("auto: member '" + member.name + "' was fitted to other tasks than the others");
            }
        }
        checkSum("", settings.members.stream().mapToDouble(Member::weight).toArray());
        for (String task : common ? Set.<String>of() : tasks) {
            checkSum(" in task '" + task + "'", settings.members.stream().mapToDouble(member -> member.weight(task)).toArray());
        }
    }

    private static void checkSum(String where, double[] weights) {
        if (!Arrays.stream(weights).allMatch(weight -> weight >= 0) || !(Math.abs(Arrays.stream(weights).sum() - 1) <= SUM)) {
            throw new IllegalArgumentException("auto: weights " + Arrays.toString(weights) + where + " must be at least 0 and add up to 1");
        }
    }

    @Override
    public Map<String, ResponseFamily> responses() {
        return responses(members);
    }

    private static Map<String, ResponseFamily> responses(Map<String, Model> members) {
        Map<String, ResponseFamily> responses = new TreeMap<>();
        members.values().forEach(member -> member.responses().forEach(responses::putIfAbsent));
        return responses;
    }

    @Override
    public String missingCells() {
        return Model.missingCells(mixed());
    }

    @Override
    public List<Source> sources() {
        return mixed().flatMap(member -> member.sources().stream()).distinct().toList();
    }

    @Override
    public List<Source> requiredSources() {
        return mixed().flatMap(member -> member.requiredSources().stream()).distinct().toList();
    }

    private Stream<Model> mixed() {
        return settings.members.stream().map(member -> members.get(member.name));
    }

    @Override
    public boolean imputes() {
        return settings.imputer != null;
    }

    @Override
    public ImputationMethod imputationMethod() {
        return ((ImputesBlocks) members.get(settings.imputer)).imputationMethod();
    }

    /**
     * As the imputer does.
     *
     * @throws DataException if no candidate imputes
     */
    @Override
    public Map<Source, double[][]> impute(Engine engine, String task, Observations rows) {
        response(task);
        if (settings.imputer == null) {
            throw new DataException("none of the models that were mixed imputes blocks; fit with --model gp or mtl-hmb");
        }
        return ((ImputesBlocks) members.get(settings.imputer)).impute(engine, task, rows);
    }

    @Override
    public boolean acceptsTasks() {
        return settings.accepting != null;
    }

    @Override
    public boolean needsVariedResponse() {
        return acceptsTasks() && ((AcceptsTasks) members.get(settings.accepting)).needsVariedResponse();
    }

    /** With a task that the best candidate that takes tasks predicts alone; what it predicts for the others does not change. */
    @Override
    public Outcome<StackedModel> add(Engine engine, TaskSplit task, RandomStream random) {
        if (!acceptsTasks()) {
            throw new DataException("none of the models that were mixed takes a new task; fit with --model gp, dual-encoder or tenmtl");
        }
        Settings with = settings.and(task.task().name(), tasks());
        return ((AcceptsTasks) members.get(settings.accepting)).add(engine, task, random).map(added -> {
            Map<String, Model> models = new LinkedHashMap<>(members);
            models.put(settings.accepting, added);
            return new StackedModel(with, models);
        });
    }

    @Override
    public boolean recordsPredictions() {
        return mixed().allMatch(RecordsPredictions::records);
    }

    @Override
    public Node record(Graph graph, String task, Map<Source, CellNodes> cells) {
        ResponseFamily family = response(task);
        Node mean = graph.sum(settings.members.stream().filter(member -> member.weight(task) != 0).map(member ->
                RecordsPredictions.of(members.get(member.name)).record(graph, task, cells).times(member.weight(task))).toList());
        return settings.recalibration.apply(family, task, mean);
    }

    @Override
    public BoundModel bind(Engine engine) {
        List<Source> required = requiredSources();
        Map<String, BoundModel> bound = new LinkedHashMap<>();
        try {
            settings.mixed().forEach(name -> bound.put(name, members.get(name).bind(engine)));
        } catch (RuntimeException e) {
            bound.values().forEach(BoundModel::close);
            throw e;
        }
        return new BoundMixture(this, required, bound);
    }

    @Override
    public ModelState state() {
        Map<String, ModelState> states = new LinkedHashMap<>();
        members.forEach((name, model) -> states.put(name, model.state()));
        return new ModelState(Stacking.KEY, settings, Weights.NONE, states);
    }

    /** The weights. */
    @Override
    public Map<String, String> hyperparameters() {
        return new MixtureFindings(settings, tasks()).weights();
    }

    /** How the candidates fared, then what each member says. */
    @Override
    public List<Finding> findings(TaskSet data) {
        List<Finding> findings = new ArrayList<>(new MixtureFindings(settings, tasks()).all());
        settings.mixed().forEach(name -> members.get(name).findings(data).forEach(finding -> findings.add(finding.of(name))));
        return findings;
    }
}
