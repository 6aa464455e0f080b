package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Trained;
import intarsia.models.Weights;
import intarsia.optim.Optimizer;
import intarsia.optim.ProximalStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Trains a {@link TaskNetwork} on all its tasks at once: every step takes a mini-batch of each, the objective is the sum of the tasks'
 * losses and the network's penalty, and it is stopped by the mean validation loss summed over tasks.
 *
 * @param training how
 * @param batches  how a batch enters the objective
 * @param epoch    how long an epoch is
 */
public record TaskTraining(Training training, BatchLoss batches, Epoch epoch) {
    /** How the losses of a batch's rows enter the objective. */
    public enum BatchLoss {
        /** As their sum. */
        SUM,
        /** As their mean. */
        MEAN
    }

    /** When an epoch ends: after how many steps the validation loss is looked at. */
    public enum Epoch {
        /** When the longest task has shown all its full batches; shorter ones begin again. */
        LONGEST_TASK,
        /** When the shortest task has no full batch left. */
        SHORTEST_TASK
    }

    /** Losses summed, epochs as long as the longest task. */
    public static TaskTraining of(Training training) {
        return new TaskTraining(training, BatchLoss.SUM, Epoch.LONGEST_TASK);
    }

    /**
     * What is minimized, recorded.
     *
     * @param value   the losses of a mini-batch of every task and the network's penalty
     * @param batches for each task, the rows of its mini-batch
     * @param feed    gives a plan the tables
     */
    public record Objective(Node value, List<Rows> batches, Consumer<Plan> feed) {}

    /** The objective of a network on these tasks. */
    public Objective objective(TaskNetwork network, List<TaskTable> tasks) {
        return objective(new Graph(), network, tasks);
    }

    /** The same in a graph that may have recorded more, of which the network's penalty is made. */
    public Objective objective(Graph graph, TaskNetwork network, List<TaskTable> tasks) {
        List<Rows> rows = new ArrayList<>();
        List<Node> xs = new ArrayList<>();
        List<Node> ys = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            TaskTable task = tasks.get(t);
            Rows batch = graph.rows("batch/" + task.name(), Math.min(training.batch(), task.rows()));
            rows.add(batch);
            xs.add(graph.input("x/" + task.name(), task.rows(), task.width()));
            ys.add(graph.input("y/" + task.name(), task.rows(), task.family().learned()));
        }
        List<TaskNetwork.Result> results = network.apply(graph,
                IntStream.range(0, tasks.size()).mapToObj(t -> xs.get(t).gather(rows.get(t)))
                .toList());
        Map<Node, double[]> weights = new LinkedHashMap<>();
        List<Node> losses = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            TaskTable task = tasks.get(t);
            Node each = task.family().likelihood().loss(results.get(t).z(), ys.get(t).gather(rows.get(t)));
            if (task.weighted()) {
                Node weight = graph.input("weight/" + task.name(), task.rows(), 1);
                weights.put(weight, batches == BatchLoss.SUM ? task.w() : TaskTable.shares(task.w()));
                each = each.times(weight.gather(rows.get(t)));
            }
            losses.add(batches == BatchLoss.SUM ? each.sum() : each.mean());
        }
        return new Objective(graph.sum(losses).plus(network.penalty(graph, results)), rows, plan -> {
            for (int t = 0; t < tasks.size(); t++) {
                plan.set(xs.get(t), tasks.get(t).x().numbers());
                plan.set(ys.get(t), tasks.get(t).y());
            }
            weights.forEach(plan::set);
        });
    }

    /** The loss to stop by, recorded: the mean of the stopping rows' losses, summed over tasks. */
    public Objective validation(TaskNetwork network, List<TaskTable> tasks) {
        Graph graph = new Graph();
        List<Node> xs = tasks.stream().map(task -> graph.input("x/" + task.name(), task.stoppingRows(), task.width())).toList();
        List<TaskNetwork.Result> results = network.apply(graph, xs);
        List<Node> losses = new ArrayList<>();
        List<Node> ys = new ArrayList<>();
        Map<Node, double[]> weights = new LinkedHashMap<>();
        for (int t = 0; t < tasks.size(); t++) {
            TaskTable task = tasks.get(t);
            ys.add(graph.input("y/" + task.name(), task.stoppingRows(), task.family().learned()));
            Node each = task.family().likelihood().loss(results.get(t).z(), ys.get(t));
            if (task.weighted()) {
                Node weight = graph.input("weight/" + task.name(), task.stoppingRows(), 1);
                weights.put(weight, TaskTable.shares(task.wv()));
                each = each.times(weight);
            }
            losses.add(each.mean());
        }
        return new Objective(graph.sum(losses), List.of(), plan -> {
            for (int t = 0; t < tasks.size(); t++) {
                plan.set(xs.get(t), tasks.get(t).xv().numbers());
                plan.set(ys.get(t), tasks.get(t).yv());
            }
            weights.forEach(plan::set);
        });
    }

    /**
     * Trains; each random number is derived from the stream's children {@code init} and {@code batches/TASK}. Parameters that only the
     * network's penalty has are left out of what is learned.
     */
    public Outcome<Trained<Weights>> fit(Engine engine, TaskNetwork network, List<TaskTable> tasks, RandomStream random, String stage,
            Progress progress) {
        Objective objective = objective(network, tasks);
        Objective validation = validation(network, tasks);
        return fit(engine, objective, batches(objective, tasks, random), validation, network.rowLasso(), random, stage, progress)
                .map(trained -> trained.map(weights -> weights.only(validation.value().graph().parameters().keySet())));
    }

    /** Mini-batches of every task's rows, for an objective. */
    public List<Batches> batches(Objective objective, List<TaskTable> tasks, RandomStream random) {
        return IntStream.range(0, tasks.size()).mapToObj(t -> new Batches(objective.batches().get(t), tasks.get(t).rows(),
                random.child("batches/" + tasks.get(t).name()))).toList();
    }

    /**
     * Trains on any objective, in mini-batches of whatever it reads; parameters begin from the stream's child {@code init}.
     *
     * @param validation what it is stopped by
     * @param lasso      a proximal step after every step
     */
    public Outcome<Trained<Weights>> fit(Engine engine, Objective objective, List<Batches> batches, Objective validation,
            TaskNetwork.RowLasso lasso, RandomStream random, String stage, Progress progress) {
        try (Engine scope = engine.scope()) {
            Parameters parameters = Parameters.of(scope, objective.value().graph(), random.child("init"));
            Plan step = Plan.gradient(parameters, objective.value());
            objective.feed().accept(step);
            int steps = epoch == Epoch.LONGEST_TASK ? Trainer.stepsOfLongest(batches) : Trainer.stepsOfShortest(batches);
            return Trainer.train(parameters, step, batches, steps, averaged -> {
                Plan judge = Plan.compile(averaged, validation.value());
                validation.feed().accept(judge);
                return () -> {
                    judge.run();
                    return judge.scalar(validation.value());
                };
            }, training, optimizer(lasso, parameters), stage, progress).map(trained -> trained.map(Weights::of));
        }
    }

    private Optimizer optimizer(TaskNetwork.RowLasso lasso, Parameters parameters) {
        return lasso.weight() == 0 ? training.optimizer()
                : training.optimizer().then(new ProximalStep.ShrinkRows(lasso.weight(), lasso.parameters().stream().map(name -> {
                    Shape shape = parameters.get(name).shape();
                    return new ProximalStep.Matrix(parameters.offset(name), shape.rows(), shape.columns());
                }).toList()));
    }
}
