package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.FeatureMoments;
import intarsia.models.data.Moments;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A {@link Participant} by the rows of its tasks, each an individual; its columns come to the scale of all participants' first. */
public final class StudyParticipant {
    private final DataSplit split;
    private final TenMtl options;
    private final Map<String, String> readings;
    private final TensorEncoding own;
    private final List<Column> columns = new ArrayList<>();
    private TensorEncoding encoding;
    private Participant participant;

    /** A feature, and the number of its column in the source. */
    private record Column(Source source, int number, Feature feature) {}

    /**
     * Holds the training rows of a study's tasks.
     *
     * @param options  what all agree to fit
     * @param readings in words how columns are read, by their names, and the response, by the empty one: others' must be the same; of what
     *                     is not in it only name and kind are compared
     * @throws DataException if the tasks have not one response each, of one kind that the model learns
     */
    public StudyParticipant(DataSplit split, TenMtl options, Map<String, String> readings) {
        if (split.once().size() < split.tasks().size()) {
            throw new DataException("a federated fit takes one response a row; name one of the study's by its key [response]");
        }
        options.requireLearned(split);
        if (split.taskList().stream().anyMatch(task -> task.family().glm() == null)) {
            throw new DataException("a federated fit learns continuous and binary responses, no classes");
        }
        this.split = split;
        this.options = options;
        this.readings = Map.copyOf(readings);
        this.own = TensorEncoding.of(split, options.form());
        for (Source source : own.sources()) {
            Map<String, Integer> numbers = source.columnNumbers();
            own.encoding().features().get(source.name()).forEach(feature ->
                    columns.add(new Column(source, numbers.get(feature.column()), feature)));
        }
    }

    /** What must be the same for all participants. */
    public FederationTerms terms() {
        List<String> names = new ArrayList<>();
        own.parts().forEach(part -> part.sources().forEach(source -> {
            List<String> its = own.encoding().names(source);
            for (int f = 0; f < its.size(); f++) {
                Feature feature = own.encoding().features().get(source.name()).get(f);
                String read = readings.getOrDefault(feature.column(), feature.binary() && feature.level() < 0 ? "0 or 1" : "");
                names.add(source.name() + ": " + its.get(f) + (read.isEmpty() ? "" : " (" + read + ")"));
            }
        }));
        return new FederationTerms(own.response().key(), readings.getOrDefault("", ""), own.row(), names);
    }

    /** How many individuals there are. */
    public int individuals() {
        return split.tasks().size();
    }

    /** Tells the consumer a vector for each individual, in their order. */
    public void answer(SharedQuestion question, Consumer<double[]> individual) {
        switch (question) {
            case SharedQuestion.Magnitudes _ -> split.tasks().forEach(task -> individual.accept(magnitudes(task)));
            case SharedQuestion.Totals(int[] exponents) -> split.tasks().forEach(task -> individual.accept(totals(task, exponents)));
            case SharedQuestion.Deviations(int[] exponents, double[] means) -> split.tasks().forEach(task ->
                    individual.accept(deviations(task, exponents, means)));
            case SharedQuestion.Scales scales -> take(scales);
            default -> participant().answer(question, individual);
        }
    }

    /** Hears a question that was answered before. */
    public void hear(SharedQuestion question) {
        switch (question) {
            case SharedQuestion.Magnitudes _, SharedQuestion.Totals _, SharedQuestion.Deviations _ -> { }
            case SharedQuestion.Scales scales -> take(scales);
            default -> participant().hear(question);
        }
    }

    private Participant participant() {
        if (participant == null) {
            throw new IllegalStateException("asked of a fit before the scales of columns are known");
        }
        return participant;
    }

    private double[] magnitudes(TaskSplit task) {
        double[] counts = new double[(columns.size() + 1) * SharedScale.MAGNITUDES];
        for (int f = 0; f < columns.size(); f++) {
            double largest = Arrays.stream(observed(task, f)[0]).map(Math::abs).max().orElse(0);
            counts[f * SharedScale.MAGNITUDES + SharedScale.magnitude(largest)] = 1;
        }
        counts[columns.size() * SharedScale.MAGNITUDES + SharedScale.magnitude(deviation(task))] = 1;
        return counts;
    }

    private double[][] observed(TaskSplit task, int f) {
        Column column = columns.get(f);
        return FeatureMoments.observed(task, column.source, column.number, column.feature);
    }

    private double deviation(TaskSplit task) {
        return own.response().standardized() ? Moments.of(task.responses(task.train()), task.weights(task.train())).scale() : 0;
    }

    private double[] totals(TaskSplit task, int[] exponents) {
        double[] sums = new double[2 * columns.size()];
        for (int f = 0; f < columns.size(); f++) {
            double[][] observed = observed(task, f);
            for (int n = 0; n < observed[0].length; n++) {
                sums[2 * f] += observed[1][n];
                sums[2 * f + 1] += observed[1][n] * Math.scalb(observed[0][n], -exponents[f]);
            }
        }
        return sums;
    }

    private double[] deviations(TaskSplit task, int[] exponents, double[] means) {
        double[] sums = new double[columns.size() + 1];
        for (int f = 0; f < columns.size(); f++) {
            double[][] observed = observed(task, f);
            for (int n = 0; n < observed[0].length; n++) {
                double deviation = Math.scalb(observed[0][n], -exponents[f]) - means[f];
                sums[f] += observed[1][n] * deviation * deviation;
            }
        }
        double response = Math.scalb(deviation(task), -exponents[columns.size()]);
        sums[columns.size()] = response * response;
        return sums;
    }

    private void take(SharedQuestion.Scales scales) {
        Map<Source, List<Moments>> seen = new LinkedHashMap<>();
        for (int f = 0; f < columns.size(); f++) {
            seen.computeIfAbsent(columns.get(f).source, _ -> new ArrayList<>()).add(new Moments(scales.means()[f],
                    scales.deviations()[f]));
        }
        FeatureEncoding features = FeatureMoments.withMoments(own.encoding(), split, seen);
        encoding = TensorEncoding.of(split, options.form(), features, scales.responseScale());
        participant = new Participant(encoding.individuals(split), encoding.response(), options);
    }

    /**
     * The model of its own tasks as it stands.
     *
     * @param fit what the coordinator tells of the fit
     */
    public TenMtlModel model(FederatedFit fit) {
        SharedQuestion.Shared shared = participant().shared();
        Tensor coordinates = participant.coordinates();
        PersonalCoefficients coefficients = participant.coefficients();
        List<Tensor> factors = new ArrayList<>(shared.factors());
        factors.addFirst(coordinates);
        TenMtlModel.Starts starts = new TenMtlModel.Starts("local", fit.sweeps(), 1, 0,
                Math.max(fit.violation(), participant.violation(fit.residual())));
        return TenMtlModel.of(fit.options(), encoding, CoupledTucker.of(new TuckerDecomposition(shared.core(), factors)), coefficients,
                fit.dispersion(), starts);
    }
}
