package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.baseline.ConditionalBaselines;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.MissingnessPattern;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Summary;
import intarsia.models.files.Study;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.reduction.ResponsesApart;
import intarsia.models.report.Rounded;
import intarsia.models.response.Count;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import intarsia.models.stacking.Stacking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.IntStream;

/** What a person has to know before trusting a fit: warnings first, then how the study was read. */
record FitNotes(Study study, List<Estimator> methods, Comparison.Result comparison, Outcome<? extends Model> outcome, DataSplit split,
        Engine engine) {
    private static final int MOST_LINES = 4;
    /** Fewer rows leave none to be judged on. */
    private static final int LEAST_JUDGED = 3;

    /** A line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        notJudged(lines);
        worseThanTheMean(lines);
        onItsOwnRows(lines);
        if (outcome instanceof Outcome.Stopped<?>(var stopped, String why)) {
            lines.add(why);
        }
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        List<String> constant = encoding.constantColumns();
        if (!constant.isEmpty()) {
            lines.add((constant.size() == 1 ? "column " : "columns ") + String.join(", ", constant)
                    + (constant.size() == 1 ? " is" : " are") + " the same in every training row, so no model uses "
                            + (constant.size() == 1 ? "it" : "them"));
        }
        List<String> unseen = unseenLevels(encoding, constant);
        if (!unseen.isEmpty()) {
            lines.add("no training row has " + String.join(", ", unseen) + "; rows that do are predicted as if that cell were missing");
        }
        overdispersed(lines, encoding);
        fittedApart(lines);
        unusedRows(lines);
        unreadSources(lines);
        lines.addAll(study.notes());
        return lines;
    }

    /** Counts that vary more than Poisson's do, given what a pooled regression expects. */
    private void overdispersed(List<String> lines, FeatureEncoding encoding) {
        if (split.tasks().stream().noneMatch(task -> task.task().family() instanceof Count)) {
            return;
        }
        Map<String, ResponseEncoding> given = ConditionalBaselines.of(engine, split, encoding).response();
        double largest = split.tasks().stream().map(TaskSplit::task).filter(task -> task.family() instanceof Count)
                .mapToDouble(task -> Count.dispersion(given.get(task.name()).baseline())).max().orElse(0);
        if (largest > 0) {
            lines.add("counts are overdispersed, so they are taken for negative binomial and not Poisson: by a pooled regression their "
                    + "variance is mean + " + Rounded.of(largest) + " mean^2");
        }
    }

    /** Methods, and parts of mixtures, that learn responses by a fit each. */
    private void fittedApart(List<String> lines) {
        List<String> apart = methods.stream().flatMap(method -> method instanceof Stacking(var candidates, int _)
                        ? candidates.stream() : Stream.of(method))
                .map(method -> method instanceof BinaryReduction reduction ? reduction.estimator() : method)
                .filter(ResponsesApart.class::isInstance).map(Estimator::name).distinct().toList();
        if (!apart.isEmpty()) {
            lines.add("responses, or kinds of them, are fitted apart by " + String.join(", ", apart) + "; together by the others");
        }
    }

    /** Levels without a training row, of columns that vary. */
    private List<String> unseenLevels(FeatureEncoding encoding, List<String> constant) {
        List<String> unseen = new ArrayList<>();
        for (Source source : Stream.concat(split.data().anchors().stream(), split.data().others().stream()).toList()) {
            List<Feature> features = encoding.features().get(source.name());
            for (int f = 0; f < features.size(); f++) {
                Feature feature = features.get(f);
                if (feature.level() >= 0 && feature.moments().constant() && !constant.contains(feature.column())) {
                    unseen.add(encoding.names(source).get(f));
                }
            }
        }
        return unseen;
    }

    /** The mean of a task can be judged whenever it has a held-out row, but for metrics that need more of it. */
    private void notJudged(List<String> lines) {
        for (TaskSplit task : split.tasks()) {
            String name = task.task().name();
            Metric metric = task.task().family().chosenBy();
            if (Summary.of(comparison.scores(), MeanPredictor.KEY, name, metric).defined()) {
                continue;
            }
            if (comparison.evaluations().stream().flatMap(of -> of.heldOut().stream())
                    .anyMatch(held -> held.task().equals(name) && held.rows().length > 0)) {
                lines.add("warning: " + metric.label() + " is not defined on the held-out rows of task '" + name
                        + "', so its predictions are not judged by it");
            } else {
                int rows = task.task().size();
                lines.add("warning: task '" + name + "' has " + rows + (rows == 1 ? " row" : " rows") + (rows < LEAST_JUDGED
                        ? ", too few to hold any out" : ", none of which is held out in " + split.data().resampling().describe())
                        + ", so its predictions are not judged");
            }
        }
    }

    private void worseThanTheMean(List<String> lines) {
        List<String> tasks = new ArrayList<>();
        List<String> each = new ArrayList<>();
        for (TaskSplit task : split.tasks()) {
            Metric metric = task.task().family().chosenBy();
            String name = task.task().name();
            Summary own = Summary.of(comparison.scores(), methods.getFirst().key(), name, metric);
            Summary mean = Summary.of(comparison.scores(), MeanPredictor.KEY, name, metric);
            if (own.defined() && mean.defined() && isWorse(metric, own.mean(), mean.mean())) {
                tasks.add(name);
                each.add("warning: in task '" + name + "' the model is worse than predicting the task's mean: " + metric.label() + " "
                        + Rounded.of(own.mean()) + " against " + Rounded.of(mean.mean()) + " on held-out rows");
            }
        }
        add(lines, each, tasks, "the model is worse than predicting the task's mean on held-out rows");
    }

    /**
     * A saved model that does worse on the rows it was fitted on than their mean does, there and on held-out rows, or that predicts one
     * number. Either alone says little: of a few rows the mean is close to each, and held-out rows may be without the outlier.
     */
    private void onItsOwnRows(List<String> lines) {
        List<String> tasks = new ArrayList<>();
        List<String> each = new ArrayList<>();
        try (BoundModel bound = outcome.orThrow().bind(engine)) {
            for (TaskSplit task : split.tasks()) {
                String name = task.task().name();
                int[] rows = task.trainAndValidation();
                double[] predicted = bound.predict(name, task.observations(rows));
                Metric metric = task.task().family().chosenBy();
                ResponseFamily family = task.task().family();
                double[] responses = task.responses(rows);
                double[] expected = family.expected(responses, task.weights(rows));
                double own = metric.of(family, responses, task.weights(rows), predicted);
                Summary heldOut = Summary.of(comparison.scores(), MeanPredictor.KEY, name, metric);
                double mean = metric.of(family, responses, task.weights(rows), IntStream.range(0, predicted.length)
                        .mapToDouble(k -> expected[k % expected.length]).toArray());
                if (rows.length > 1 && IntStream.range(0, predicted.length).allMatch(k -> predicted[k] == predicted[k % family.width()])) {
                    lines.add("warning: the saved model predicts " + (family.width() == 1 ? Rounded.of(predicted[0]) : "the same")
                            + " for every row of task '" + name + "'");
                } else if (heldOut.defined() && isWorse(metric, own, heldOut.mean()) && isWorse(metric, own, mean)) {
                    tasks.add(name);
                    each.add("warning: the saved model is worse than the mean of task '" + name
                            + "' even on the rows that it was fitted on: " + metric.label() + " " + Rounded.of(own) + " against "
                            + Rounded.of(mean));
                }
            }
        }
        add(lines, each, tasks, "the saved model is worse than the task's mean even on the rows that it was fitted on");
    }

    /** By more than rounding: figures that read alike are no reason to warn. */
    private static boolean isWorse(Metric metric, double own, double other) {
        return (metric.higherIsBetter() ? own < other : own > other) && !Rounded.of(own).equals(Rounded.of(other));
    }

    /** A line for each of a few tasks, one line for many. */
    private void add(List<String> lines, List<String> each, List<String> tasks, String problem) {
        if (tasks.size() <= MOST_LINES) {
            lines.addAll(each);
        } else {
            lines.add("warning: in " + tasks.size() + " of " + split.tasks().size() + " tasks " + problem + ": " + String.join(", ", tasks)
                    + "; scores.csv has the figures");
        }
    }

    /** Blocks that were given, and count as missing: their rows are measured and not learned from. */
    private void unusedRows(List<String> lines) {
        MissingnessPattern pattern = study.tasks().missingness();
        List<String> unused = new ArrayList<>();
        for (int s = 0; s < pattern.sources().size(); s++) {
            List<String> tasks = new ArrayList<>();
            for (int t = 0; t < pattern.tasks().size(); t++) {
                MissingnessPattern.Cell cell = pattern.cells().get(t).get(s);
                if (cell.status() == MissingnessPattern.Status.TOO_FEW && cell.rows() > 0) {
                    tasks.add(pattern.tasks().get(t) + " (" + cell.rows() + " of " + pattern.sizes().get(t) + " rows)");
                }
            }
            if (!tasks.isEmpty()) {
                unused.add(pattern.sources().get(s).name() + " in " + String.join(", ", tasks));
            }
        }
        if (!unused.isEmpty()) {
            lines.add("measured in too few rows to learn from (minimum_share), so counted as missing: " + String.join("; ", unused));
        }
    }

    /** Sources that are there and that the saved model does not read at all; a model that reads nothing is known for it. */
    private void unreadSources(List<String> lines) {
        List<Source> read = outcome.orThrow().sources();
        List<String> unread = Stream.concat(split.data().anchors().stream(), split.data().others().stream())
                .filter(source -> !read.contains(source)).map(Source::name).toList();
        if (!unread.isEmpty() && !read.isEmpty()) {
            lines.add("the model does not read " + String.join(", ", unread) + (unread.size() == 1 ? ", which some task has"
                    : ", which some tasks have"));
        }
    }
}
