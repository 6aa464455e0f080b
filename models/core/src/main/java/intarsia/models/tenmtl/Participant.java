package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * One who holds individuals: their rows, coordinates and intercepts, none of which it tells. It answers a {@link SharedQuestion} by a
 * vector for each individual, to be summed. Its state is a function of its rows and of the questions so far: it can be rebuilt by hearing
 * them again.
 */
public final class Participant {
    private final TenMtl options;
    private final CenteredData data;
    private final BlockFeatures blocks;
    private final LocalModels local;
    private CoefficientPrior prior;
    private Tensor coordinates;
    private double[] intercepts;
    private double[] linear;
    private BlockFeatures.Personal found;
    private SharedQuestion.Shared last;

    /**
     * Holds individuals.
     *
     * @param options what all agree to fit; ranks are the coordinator's to choose
     */
    public Participant(List<Individual> individuals, ResponseFamily family, TenMtl options) {
        this.options = options;
        this.data = new CenteredData(individuals, family);
        this.local = new LocalModels(data);
        this.blocks = new BlockFeatures(data);
    }

    /** Tells the consumer a vector for each individual, in their order. */
    public void answer(SharedQuestion question, Consumer<double[]> individual) {
        if (question instanceof SharedQuestion.Settling settling) {
            settle(settling.settlement());
            last = settling.shared();
        }
        switch (question) {
            case SharedQuestion.Extent _ -> extent(individual);
            case SharedQuestion.Noise(double norm, double[] ratios) -> noise(norm, ratios, individual);
            case SharedQuestion.LocalMean(double ridge, int _) -> each(i -> individual.accept(local.coefficients(ridge, i)));
            case SharedQuestion.LocalSpread(double ridge, double[] mean) -> each(i -> individual.accept(SymmetricTriangle.products(
                    local.deviation(ridge, mean, i))));
            case SharedQuestion.Start start -> start(start, individual);
            case SharedQuestion.Step step -> step(step.shared(), individual);
            case SharedQuestion.Curvature curvature -> curvature(curvature, individual);
            case SharedQuestion.Trial trial -> trial(trial, individual);
            case SharedQuestion.Movement movement -> movement(linear(parameters(movement.shared())), individual);
            case SharedQuestion.Conditions conditions -> conditions(conditions, individual);
            case SharedQuestion.Magnitudes _, SharedQuestion.Totals _, SharedQuestion.Deviations _, SharedQuestion.Scales _ ->
                throw new IllegalStateException("asked for the scale of columns after they were encoded");
        }
    }

    /** Hears a question that was answered before, and takes only what changes coordinates from it. */
    public void hear(SharedQuestion question) {
        switch (question) {
            case SharedQuestion.Start _, SharedQuestion.Step _ -> answer(question, _ -> { });
            case SharedQuestion.Settling settling -> {
                settle(settling.settlement());
                last = settling.shared();
            }
            default -> { }
        }
    }

    private void each(IntConsumer visitor) {
        for (int i = 0; i < data.individuals(); i++) {
            visitor.accept(i);
        }
    }

    private void settle(SharedQuestion.Settlement settlement) {
        if (settlement.adopt() && found != null) {
            coordinates = found.factor();
            intercepts = found.intercepts();
        }
        found = null;
        int rank = coordinates.shape().columns();
        for (int k = 0; k < coordinates.size(); k++) {
            coordinates.doubles()[k] *= settlement.scales()[k % rank];
        }
    }

    private TuckerDecomposition parameters(SharedQuestion.Shared shared) {
        List<Tensor> factors = new ArrayList<>(shared.factors());
        factors.addFirst(coordinates);
        return new TuckerDecomposition(shared.core(), factors);
    }

    private void extent(Consumer<double[]> individual) {
        int p = data.rowShape().size();
        each(i -> {
            double norm = 0;
            double squares = 0;
            for (int row = data.first[i]; row < data.first[i + 1]; row++) {
                for (int j = row * p; j < (row + 1) * p; j++) {
                    norm += data.weights[row] * data.predictors.at(j) * data.predictors.at(j);
                }
                double residual = data.y[row] - data.family.mean(0);
                squares += data.weights[row] * residual * residual;
            }
            individual.accept(new double[] {1, 1 / data.totals[i], norm, squares});
        });
    }

    private void noise(double norm, double[] ratios, Consumer<double[]> individual) {
        each(i -> {
            NoiseRatio.Spectrum spectrum = NoiseRatio.spectrum(data, i, norm);
            double[] answer = new double[2 + 2 * ratios.length];
            answer[0] = spectrum.degrees();
            answer[1] = spectrum.norm();
            for (int k = 0; k < ratios.length; k++) {
                double[] at = spectrum.at(ratios[k]);
                answer[2 + 2 * k] = ratios[k] * at[0];
                answer[3 + 2 * k] = at[1];
            }
            individual.accept(answer);
        });
    }

    private void start(SharedQuestion.Start start, Consumer<double[]> individual) {
        double[] shares = Arrays.stream(data.totals).map(total -> 1 / total).toArray();
        boolean centered = options.prior() && !data.response.standardized();
        prior = new CoefficientPrior(start.precision(), options.common(), centered ? data.startIntercepts() : new double[0], shares);
        int tied = options.common() ? 1 : 0;
        int rank = start.directions().shape().columns() + tied;
        coordinates = Tensor.zeros(data.individuals(), rank);
        each(i -> {
            double[] deviation = local.deviation(start.ridge(), start.mean(), i);
            double[] along = Matrices.product(Tensor.of(Shape.of(1, deviation.length), deviation), start.directions()).doubles();
            System.arraycopy(along, 0, coordinates.doubles(), i * rank + tied, along.length);
            if (tied == 1) {
                coordinates.set(1, i, 0);
            }
        });
        intercepts = data.startIntercepts();
        found = null;
        last = start.shared();
        double[] eta = data.eta(parameters(start.shared()).reconstruct());
        each(i -> individual.accept(summary(i, coordinates, intercepts, eta)));
    }

    private void step(SharedQuestion.Shared shared, Consumer<double[]> individual) {
        TuckerDecomposition parameters = parameters(shared);
        linear = linear(parameters);
        double[] z = blocks.personal(parameters);
        found = blocks.individuals(z, coordinates, intercepts, prior.individuals(parameters), prior, options, BlockProblem::solve);
        double[] eta = blocks.personal(z, found.factor());
        each(i -> individual.accept(summary(i, found.factor(), found.intercepts(), eta)));
    }

    private double[] summary(int i, Tensor factor, double[] b, double[] eta) {
        int rank = factor.shape().columns();
        double[] answer = new double[2 + rank + SymmetricTriangle.length(rank)];
        answer[0] = loss(i, eta, b[i]);
        answer[1] = prior.intercept(i, b[i]);
        double[] u = Arrays.copyOfRange(factor.doubles(), i * rank, (i + 1) * rank);
        for (int r = 0; r < rank; r++) {
            answer[2 + r] = options.lasso().none() ? u[r] * u[r] : Math.abs(u[r]);
        }
        if (options.common()) {
            u[0] = 0;
        }
        double[] lower = SymmetricTriangle.products(u);
        for (int k = 0; k < lower.length; k++) {
            answer[2 + rank + k] = prior.shares()[i] * lower[k];
        }
        return answer;
    }

    private double loss(int i, double[] eta, double intercept) {
        double sum = 0;
        for (int row = data.first[i]; row < data.first[i + 1]; row++) {
            sum += data.weights[row] * data.family.loss(data.y[row], intercept + eta[row]);
        }
        return sum;
    }

    /** Intercepts included. */
    private double[] linear(TuckerDecomposition parameters) {
        double[] eta = blocks.product(blocks.core(parameters), parameters.core().doubles());
        double[] spread = data.spread(intercepts);
        for (int n = 0; n < eta.length; n++) {
            eta[n] += spread[n];
        }
        return eta;
    }

    private void curvature(SharedQuestion.Curvature asked, Consumer<double[]> individual) {
        TuckerDecomposition parameters = parameters(asked.shared());
        double[] features = blocks.of(parameters, asked.block());
        double[] eta = linear(parameters);
        double[] part = blocks.part(features, asked.from(), asked.count());
        each(i -> {
            BlockQuadratic quadratic = BlockQuadratic.of(data.losses, part, asked.count(), data.y, data.weights, eta, data.first[i],
                    data.first[i + 1]);
            double[] answer = new double[asked.answerLength()];
            answer[0] = loss(i, eta, 0);
            System.arraycopy(quadratic.falls(), 0, answer, 1, asked.count());
            double[] lower = SymmetricTriangle.of(quadratic.hessian());
            System.arraycopy(lower, 0, answer, 1 + asked.count(), lower.length);
            individual.accept(answer);
        });
    }

    private void trial(SharedQuestion.Trial asked, Consumer<double[]> individual) {
        TuckerDecomposition parameters = parameters(asked.shared());
        double[] eta = linear(parameters);
        double[] step = asked.to().clone();
        double[] start = (asked.block() == 0 ? parameters.core() : parameters.factors().get(asked.block())).doubles();
        for (int j = 0; j < step.length; j++) {
            step[j] -= start[asked.from() + j];
        }
        double[] moved = blocks.product(blocks.part(blocks.of(parameters, asked.block()), asked.from(), step.length), step);
        double[][] answers = new double[data.individuals()][asked.lengths().length];
        for (int k = 0; k < asked.lengths().length; k++) {
            double[] at = eta.clone();
            for (int n = 0; n < at.length; n++) {
                at[n] = Math.fma(asked.lengths()[k], moved[n], at[n]);
            }
            int length = k;
            each(i -> answers[i][length] = loss(i, at, 0));
        }
        each(i -> individual.accept(answers[i]));
    }

    private void movement(double[] now, Consumer<double[]> individual) {
        each(i -> {
            double[] answer = new double[2];
            for (int n = data.first[i]; n < data.first[i + 1]; n++) {
                answer[0] += data.weights[n] * (now[n] - linear[n]) * (now[n] - linear[n]);
                answer[1] += data.weights[n] * now[n] * now[n];
            }
            individual.accept(answer);
        });
    }

    private void conditions(SharedQuestion.Conditions asked, Consumer<double[]> individual) {
        TuckerDecomposition parameters = parameters(asked.shared());
        double[] features = blocks.of(parameters, asked.block());
        double[] eta = linear(parameters);
        int k = asked.answerLength() / 2;
        each(i -> {
            double[] answer = new double[2 * k];
            for (int n = data.first[i]; n < data.first[i + 1]; n++) {
                double fall = data.weights[n] * (data.y[n] - data.family.mean(eta[n]));
                for (int j = 0; j < k; j++) {
                    double x = features[n * k + j];
                    answer[j] = Math.fma(fall, x, answer[j]);
                    answer[k + j] = Math.fma(data.weights[n] * x, x, answer[k + j]);
                }
            }
            individual.accept(answer);
        });
    }

    /**
     * The largest violation of the first-order conditions by this participant's coordinates and intercepts, after the last question: as
     * {@link BlockProblem#violation}.
     *
     * @param residual what residuals are at linear predictor 0, root mean square over all participants' rows
     */
    public double violation(double residual) {
        double[] largest = {0};
        TuckerDecomposition at = parameters(last);
        blocks.individuals(blocks.personal(at), coordinates, intercepts, prior.individuals(at), prior, options, (problem, numbers) -> {
            largest[0] = Math.max(largest[0], problem.violation(numbers, residual));
            return numbers;
        });
        return largest[0];
    }

    /** The individuals' models as they stand after the last question, on the scale of their rows as they came. */
    public PersonalCoefficients coefficients() {
        return data.uncentered(parameters(last).reconstruct(), intercepts);
    }

    /** U_0 [individuals x R_0] as it stands. */
    public Tensor coordinates() {
        return coordinates.copy();
    }

    /** What all share after the last question. */
    public SharedQuestion.Shared shared() {
        return last;
    }
}
