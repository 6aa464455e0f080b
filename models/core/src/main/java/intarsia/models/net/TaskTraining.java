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
        Graph graph = new Graph();
        List<Rows> rows = new ArrayList<>();
        List<TaskNetwork.Result> results = new ArrayList<>();
        List<Node> xs = new ArrayList<>();
        List<Node> ys = new ArrayList<>();
        Map<Node, double[]> weights = new LinkedHashMap<>();
        List<Node> losses = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            TaskTable task = tasks.get(t);
            Rows batch = graph.rows("batch/" + task.name(), Math.min(training.batch(), task.rows()));
            rows.add(batch);
            xs.add(graph.input("x/" + task.name(), task.rows(), task.width()));
            ys.add(graph.input("y/" + task.name(), task.rows(), task.family().learned()));
            results.add(network.apply(graph, t, xs.get(t).gather(batch)));
            Node each = task.family().likelihood().loss(results.get(t).z(), ys.get(t).gather(batch));
            if (task.weighted()) {
                Node weight = graph.input("weight/" + task.name(), task.rows(), 1);
                weights.put(weight, batches == BatchLoss.SUM ? task.w() : TaskTable.shares(task.w()));
                each = each.times(weight.gather(batch));
            }
            losses.add(batches == BatchLoss.SUM ? each.sum() : each.mean());
        }
        return new Objective(graph.sum(losses).plus(network.penalty(graph, results)), rows, plan -> {
            for (int t = 0; t < tasks.size(); t++) {
                plan.set(xs.get(t), tasks.get(t).x());
                plan.set(ys.get(t), tasks.get(t).y());
            }
            weights.forEach(plan::set);
        });
    }

    /** Trains; each random number is derived from the stream's children {@code init} and {@code batches/TASK}. */
    public Outcome<Trained<Weights>> fit(Engine engine, TaskNetwork network, List<TaskTable> tasks, RandomStream random, String stage,
            Progress progress) {
        try (Engine scope = engine.scope()) {
            return train(scope, network, tasks, random, stage, progress).map(trained -> trained.map(Weights::of));
        }
    }

    private Outcome<Trained<Parameters>> train(Engine engine, TaskNetwork network, List<TaskTable> tasks, RandomStream random, String stage,
            Progress progress) {
        Objective objective = objective(network, tasks);
        Parameters parameters = Parameters.of(engine, objective.value().graph(), random.child("init"));
        Plan step = Plan.gradient(parameters, objective.value());
        objective.feed().accept(step);
        List<Batches> feeds = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            feeds.add(new Batches(objective.batches().get(t), tasks.get(t).rows(), random.child("batches/" + tasks.get(t).name())));
        }
        int steps = epoch == Epoch.LONGEST_TASK ? Trainer.stepsOfLongest(feeds) : Trainer.stepsOfShortest(feeds);
        return Trainer.train(parameters, step, feeds, steps, averaged -> Validation.of(averaged, network, tasks)::value, training,
                optimizer(network.rowLasso(), parameters), stage, progress);
    }

    private Optimizer optimizer(TaskNetwork.RowLasso lasso, Parameters parameters) {
        return lasso.weight() == 0 ? training.optimizer()
                : training.optimizer().then(new ProximalStep.ShrinkRows(lasso.weight(), lasso.parameters().stream().map(name -> {
                    Shape shape = parameters.get(name).shape();
                    return new ProximalStep.Matrix(parameters.offset(name), shape.rows(), shape.columns());
                }).toList()));
    }

    private record Validation(Plan plan, Node loss) {
        static Validation of(Parameters parameters, TaskNetwork network, List<TaskTable> tasks) {
            Graph graph = new Graph();
            List<Node> losses = new ArrayList<>();
            List<Node> xs = new ArrayList<>();
            List<Node> ys = new ArrayList<>();
            Map<Node, double[]> weights = new LinkedHashMap<>();
            for (int t = 0; t < tasks.size(); t++) {
                TaskTable task = tasks.get(t);
                xs.add(graph.input("x/" + task.name(), task.stoppingRows(), task.width()));
                ys.add(graph.input("y/" + task.name(), task.stoppingRows(), task.family().learned()));
                Node each = task.family().likelihood().loss(network.apply(graph, t, xs.get(t)).z(), ys.get(t));
                if (task.weighted()) {
                    Node weight = graph.input("weight/" + task.name(), task.stoppingRows(), 1);
                    weights.put(weight, TaskTable.shares(task.wv()));
                    each = each.times(weight);
                }
                losses.add(each.mean());
            }
            Node loss = graph.sum(losses);
            Plan plan = Plan.compile(parameters, loss);
            for (int t = 0; t < tasks.size(); t++) {
                plan.set(xs.get(t), tasks.get(t).xv());
                plan.set(ys.get(t), tasks.get(t).yv());
            }
            weights.forEach(plan::set);
            return new Validation(plan, loss);
        }

        double value() {
            plan.run();
            return plan.scalar(loss);
        }
    }
}
