package intarsia.models.gp;

import intarsia.linalg.Engine;
import intarsia.models.Finding;
import intarsia.models.data.Moments;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a Gaussian process says of its tasks: where the variance of the linear predictor comes from, and its hyperparameters.
 *
 * <p>A component's share is its {@linkplain VarianceComponents variance} over the sum of all components' and the noise's (pi^2 / 3 for log
 * odds): a variance components model's estimate.
 */
final class GpFindings {
    private static final double LOGISTIC = Math.PI * Math.PI / 3;
    private static final String[] PARTS = {"shared", "task-specific"};
    /** The part of blocks as outputs, told from that of their kernels. */
    private static final String OUTPUTS = "joint";

    private final MultitaskGpModel model;
    private final GpStorage storage;
    private final TrainingRows training;
    private final Hyperparameters h;
    private final double[] noise;
    private final boolean[] noisy;
    private final List<Source> sources;
    private final List<String> tasks;

    GpFindings(MultitaskGpModel model) {
        this.model = model;
        storage = model.storage();
        training = storage.training(storage.completer());
        h = storage.hyperparameters();
        noise = training.responses().noise(h);
        noisy = training.responses().noisy();
        sources = model.sources();
        tasks = model.settings().layout().tasks().stream().map(task -> task.name()).toList();
    }

    List<Finding> all() {
        double[][] shares = shares();
        List<Finding> all = new ArrayList<>(List.of(byKernel(shares), bySource(shares), ofTasks(), ofSources()));
        if (!outputs().isEmpty()) {
            all.add(ofOutputs());
        }
        return all;
    }

    private Finding ofOutputs() {
        List<List<String>> rows = new ArrayList<>();
        List<BlockOutput> outputs = training.blocks().outputs();
        for (int k = 0; k < outputs.size(); k++) {
            BlockOutput of = outputs.get(k);
            int number = k;
            long earlier = IntStream.range(0, k).filter(j -> outputs.get(j).source() == outputs.get(number).source()).count();
            double left = Responses.LEAST_NOISE + h.index().output(k).process(h.values()).noise(0);
            rows.add(List.of(sources.get(of.source()).name(), Long.toString(1 + earlier), Integer.toString(of.observed().length),
                    number(left), number(BlockPrior.loading(h, k, of))));
        }
        return new Finding.Table("outputs", "Components of blocks, each with variance 1: what the anchor does not tell of it, and what it "
                + "adds to the response", List.of("block", "component", "rows", "variance left", "loading"), rows);
    }

    private int component(int part, int s, KernelKind kind) {
        return VarianceComponents.index(sources.size(), part, s, kind);
    }

    /** For each task each component's share: those of kernels, those of each source's outputs where blocks are outputs, and the noise. */
    private double[][] shares() {
        double[][] components = components();
        double[][] shares = new double[tasks.size()][];
        for (int t = 0; t < shares.length; t++) {
            double rest = noisy[t] ? noise[t] : LOGISTIC;
            double total = rest;
            for (double v : components[t]) {
                total += v;
            }
            shares[t] = Arrays.copyOf(components[t], components[t].length + 1);
            shares[t][components[t].length] = rest;
            for (int c = 0; c < shares[t].length; c++) {
                shares[t][c] /= total;
            }
        }
        return shares;
    }

    private double[][] components() {
        double[][] kept = storage.variances();
        if (kept != null) {
            return kept;
        }
        MultitaskGp.KernelSet kernels = model.settings().options().kernels();
        try (Engine engine = Engine.open()) {
            double[][] components = VarianceComponents.of(kernels, training, h, engine.pool());
            if (training.blocks() == null) {
                return components;
            }
            List<OutputProcess> outputs = new BlockPrior(kernels, training.blocks(), engine.pool()).at(h);
            int[] first = Covariance.firsts(training.responses().tasks(), tasks.size());
            for (int t = 0; t < components.length; t++) {
                int kernel = components[t].length;
                int[] rows = {first[t], first[t + 1]};
                components[t] = Arrays.copyOf(components[t], kernel + sources.size());
                for (int s = 0; s < sources.size(); s++) {
                    components[t][kernel + s] = BlockPrior.variance(outputs, h, s, rows, training.size());
                }
            }
            return components;
        }
    }

    /** The sources with outputs; none unless blocks are outputs. */
    private List<Integer> outputs() {
        return training.blocks() == null ? List.of()
                : training.blocks().outputs().stream().map(BlockOutput::source).distinct().toList();
    }

    private int outputs(int s) {
        return VarianceComponents.count(sources.size()) + s;
    }

    private Finding byKernel(double[][] shares) {
        List<List<String>> rows = new ArrayList<>();
        for (int part = 0; part < PARTS.length; part++) {
            for (int s = 0; s < sources.size(); s++) {
                for (KernelKind kind : model.settings().options().kernels().kinds()) {
                    rows.add(List.of(PARTS[part], sources.get(s).name(), name(kind), number(mean(shares, component(part, s, kind)))));
                }
            }
        }
        outputs().forEach(s -> rows.add(List.of(OUTPUTS, sources.get(s).name(), "", number(mean(shares, outputs(s))))));
        rows.add(List.of("noise", "", "", number(mean(shares, shares[0].length - 1))));
        return new Finding.Table("variance-components", "Share of variance by part, source and kernel, mean over tasks",
                List.of("part", "source", "kernel", "share"), rows);
    }

    private static double mean(double[][] shares, int component) {
        double mean = 0;
        for (double[] of : shares) {
            mean += of[component] / shares.length;
        }
        return mean;
    }

    private Finding bySource(double[][] shares) {
        List<String> columns = new ArrayList<>();
        List<Integer> outputs = outputs();
        double[][] values = new double[tasks.size()][2 * sources.size() + outputs.size() + 1];
        for (int part = 0; part < PARTS.length; part++) {
            for (int s = 0; s < sources.size(); s++) {
                columns.add(PARTS[part] + " " + sources.get(s).name());
                for (int t = 0; t < values.length; t++) {
                    for (KernelKind kind : KernelKind.values()) {
                        values[t][columns.size() - 1] += shares[t][component(part, s, kind)];
                    }
                }
            }
        }
        for (int s : outputs) {
            for (int t = 0; t < values.length; t++) {
                values[t][columns.size()] = shares[t][outputs(s)];
            }
            columns.add(OUTPUTS + " " + sources.get(s).name());
        }
        columns.add("noise");
        for (int t = 0; t < values.length; t++) {
            values[t][columns.size() - 1] = shares[t][shares[t].length - 1];
        }
        return new Finding.Matrix("variance", training.blocks() == null
                ? "Share of variance that is shared, task-specific and noise"
                : "Share of variance that is shared, task-specific, by blocks as outputs (joint) and noise", tasks, columns, values);
    }

    private Finding ofTasks() {
        boolean anyNoisy = IntStream.range(0, noisy.length).anyMatch(t -> noisy[t]);
        List<Integer> inducing = model.settings().inducing();
        List<String> header = new ArrayList<>(List.of("task", "rows"));
        if (!inducing.isEmpty()) {
            header.add("inducing rows");
        }
        if (anyNoisy) {
            header.add("noise");
        }
        boolean grouped = model.settings().options().sharing() == MultitaskGp.Sharing.GROUPS;
        if (grouped) {
            header.add("group");
        }
        int rank = h.index().rank();
        for (int r = 1; r <= rank; r++) {
            header.add("loading " + r);
        }
        if (rank > 0) {
            header.add("scale of the task-specific part");
        }
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            Moments scale = model.settings().encoding().response().get(tasks.get(t)).moments();
            List<String> row = new ArrayList<>(List.of(tasks.get(t), Integer.toString(model.settings().rows().get(t))));
            if (!inducing.isEmpty()) {
                row.add(Integer.toString(inducing.get(t)));
            }
            if (anyNoisy) {
                row.add(noisy[t] ? number(scale.scale() * Math.sqrt(noise[t])) : "");
            }
            if (grouped) {
                row.add(Integer.toString(1 + h.index().groups()[t]));
            }
            for (int r = 0; r < rank; r++) {
                row.add(number(h.values()[h.index().loading(t, r)]));
            }
            if (rank > 0) {
                row.add(number(h.scale(t)));
            }
            rows.add(row);
        }
        return new Finding.Table("tasks", anyNoisy ? "Tasks: standard deviation of the noise in the response's unit" : "Tasks", header,
                rows);
    }

    private Finding ofSources() {
        List<String> header = new ArrayList<>(List.of("source", "features", "length scale"));
        for (String part : PARTS) {
            model.settings().options().kernels().kinds().forEach(kind -> header.add(part + " " + name(kind)));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            List<String> row = new ArrayList<>(List.of(sources.get(s).name(), Integer.toString(training.divisors()[s].features()),
                    number(h.length(s))));
            for (int part = 0; part < PARTS.length; part++) {
                for (KernelKind kind : model.settings().options().kernels().kinds()) {
                    row.add(number(h.weight(part, s, kind)));
                }
            }
            rows.add(row);
        }
        return new Finding.Table("kernels", "Weights of kernels on the standardized scale", header, rows);
    }

    static String name(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
