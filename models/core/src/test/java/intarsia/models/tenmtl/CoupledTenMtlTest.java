package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.Individual;
import intarsia.models.data.Modalities;
import intarsia.models.response.ResponseFamily;
import intarsia.models.simulation.CoupledCoefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several modalities that share the individuals' factor. */
class CoupledTenMtlTest {
    private static final ResponseFamily CONTINUOUS = ResponseFamily.CONTINUOUS;
    private static final RandomStream RANDOM = RandomStream.of(1, "fit");
    private static final List<List<Shape>> SHAPES = List.of(List.of(Shape.of(3), Shape.of(4, 2)), List.of(Shape.of(1), Shape.of(2, 1, 3)),
            List.of(Shape.of(2), Shape.of(3), Shape.of(2, 2)));

    private final RandomStream random = RandomStream.of(41, "coupled");

    /** Individual i lacks a modality, but never the first. */
    @FunctionalInterface
    private interface Lacking {
        boolean of(int i, int modality);
    }

    private CoupledTucker somewhere(int count, int free, List<Shape> shapes, int rank, boolean common) {
        Tensor individuals = PlantedIndividuals.gaussian(random, count, free + (common ? 1 : 0));
        for (int i = 0; common && i < count; i++) {
            individuals.set(1, i, 0);
        }
        List<TuckerDecomposition> modalities = new ArrayList<>();
        for (Shape shape : shapes) {
            int[] core = new int[shape.rank() + 1];
            core[0] = individuals.shape().columns();
            List<Tensor> factors = new ArrayList<>(List.of(individuals));
            for (int k = 0; k < shape.rank(); k++) {
                core[k + 1] = Math.min(rank, shape.size(k));
                factors.add(PlantedIndividuals.gaussian(random, shape.size(k), core[k + 1]));
            }
            modalities.add(new TuckerDecomposition(PlantedIndividuals.gaussian(random, core), factors));
        }
        return new CoupledTucker(modalities);
    }

    private List<Individual> individuals(CoupledTucker truth, List<Shape> shapes, ResponseFamily family, int rows, double noise,
            Lacking lacks) {
        Tensor b = truth.reconstruct().copy();
        int count = truth.individuals().shape().rows();
        int p = b.size() / count;
        double scale = Math.sqrt(count / Arrays.stream(b.doubles()).map(v -> v * v).sum());
        for (int j = 0; j < b.size(); j++) {
            b.doubles()[j] *= scale;
        }
        List<Individual> individuals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int which = i;
            List<Boolean> observed = IntStream.range(0, shapes.size()).mapToObj(m -> m == 0 || !lacks.of(which, m)).toList();
            int n = rows + i % 3;
            double[] x = PlantedIndividuals.gaussian(random, n, p).doubles();
            double[] y = new double[n];
            for (int row = 0; row < n; row++) {
                int at = row * p;
                for (int m = 0; m < shapes.size(); m++) {
                    if (!observed.get(m)) {
                        Arrays.fill(x, at, at + shapes.get(m).size(), 0);
                    }
                    at += shapes.get(m).size();
                }
                double eta = i;
                for (int j = 0; j < p; j++) {
                    eta += x[row * p + j] * b.at(i * p + j);
                }
                y[row] = family.standardized() ? eta + noise * random.nextGaussian()
                        : random.nextDouble() < Elementary.sigmoid(eta - i) ? 1 : 0;
            }
            individuals.add(individual("i" + i, shapes, observed, x, y));
        }
        return individuals;
    }

    private static Individual individual(String name, List<Shape> shapes, List<Boolean> observed, double[] x, double[] y) {
        Modalities modalities = new Modalities(shapes, observed);
        double[] weights = new double[y.length];
        Arrays.fill(weights, 1);
        int[] sizes = IntStream.concat(IntStream.of(y.length), IntStream.of(modalities.row().sizes())).toArray();
        return new Individual(name, Tensor.of(Shape.of(sizes), x), y, weights, modalities);
    }

    /** The same with numbers of modality m multiplied. */
    private static Individual times(Individual of, IntToDoubleFunction factor) {
        double[] x = of.predictors().toDoubles();
        int p = of.modalities().row().size();
        int from = 0;
        for (int m = 0; m < of.modalities().shapes().size(); m++) {
            int width = of.modalities().shapes().get(m).size();
            for (int j = 0; j < x.length; j++) {
                x[j] *= j % p >= from && j % p < from + width ? factor.applyAsDouble(m) : 1;
            }
            from += width;
        }
        return individual(of.name(), of.modalities().shapes(), of.modalities().observed(), x, of.response());
    }

    private static Individual joined(Individual of) {
        return new Individual(of.name(), of.predictors(), of.response(), of.weights());
    }

    private static int[] ranks(List<Shape> shapes, int rank) {
        return shapes.stream().flatMapToInt(shape -> IntStream.of(shape.sizes())).map(size -> Math.min(rank, size)).toArray();
    }

    private static double[] blockDiagonal(Tensor a, Tensor b) {
        int left = a.shape().columns();
        int width = left + b.shape().columns();
        double[] both = new double[(a.shape().rows() + b.shape().rows()) * width];
        for (int i = 0; i < a.shape().rows(); i++) {
            System.arraycopy(a.doubles(), i * left, both, i * width, left);
        }
        for (int i = 0; i < b.shape().rows(); i++) {
            System.arraycopy(b.doubles(), i * (width - left), both, (a.shape().rows() + i) * width + left, width - left);
        }
        return both;
    }

    /** Two vectors side by side are one whose factor is block-diagonal, and whose core is theirs side by side. */
    @Test
    void twoVectorsAreOneWithABlockDiagonalFactor() {
        CoupledTucker coupled = somewhere(5, 2, List.of(Shape.of(4), Shape.of(3)), 2, true);
        TuckerDecomposition first = coupled.modality(0);
        TuckerDecomposition second = coupled.modality(1);
        Tensor factor = Tensor.of(Shape.of(7, 4), blockDiagonal(first.factors().get(1), second.factors().get(1)));
        Tensor core = CoupledTucker.joined(List.of(first.core(), second.core()));
        assertThat(new TuckerDecomposition(core, List.of(coupled.individuals(), factor)).reconstruct().doubles())
                .containsExactly(coupled.reconstruct().doubles(), within(1e-13));
    }

    /** Vectors with predictor ranks R_0 each, and their concatenation with rank R_0, are the same set of models: so is their minimum. */
    @Test
    void vectorsOfFullRanksAreTheirConcatenation() {
        List<Shape> shapes = List.of(Shape.of(4), Shape.of(3));
        for (ResponseFamily family : List.of(CONTINUOUS, ResponseFamily.BINARY)) {
            List<Individual> individuals = individuals(somewhere(6, 1, shapes, 2, true), shapes, family, 150, 0.3, (i, m) -> i % 3 == 1);
            TenMtl options = TenMtl.options().withoutPrior().search(new TenMtl.Search(0, 20_000, 1e-12));
            TenMtlFit coupled = options.ranks(1, 2, 2).solve(individuals, family, RANDOM).orThrow();
            TenMtlFit one = options.ranks(1, 2).solve(individuals.stream().map(CoupledTenMtlTest::joined).toList(), family, RANDOM)
                    .orThrow();
            assertThat(coupled.objective()).isCloseTo(one.objective(), within(1e-9 * one.objective()));
            double[] x = PlantedIndividuals.gaussian(random, 20, 7).doubles();
            for (int i = 0; i < 6; i++) {
                assertThat(coupled.coefficients().predict(i, x, 20)).containsExactly(one.coefficients().predict(i, x, 20), within(1e-4));
            }
        }
    }

    /** One modality is a fit as it always was, whatever it is called. */
    @Test
    void oneModalityIsOneTensor() {
        List<Shape> shapes = List.of(Shape.of(4, 3));
        List<Individual> individuals = individuals(somewhere(5, 1, shapes, 2, true), shapes, CONTINUOUS, 12, 0.3, (i, m) -> false);
        List<Individual> plain = individuals.stream().map(one -> new Individual(one.name(), one.predictors(), one.response())).toList();
        double[] fitted = TenMtl.options().solve(individuals, CONTINUOUS, RANDOM).orThrow().coefficients().coefficients().doubles();
        assertThat(fitted).isEqualTo(TenMtl.options().solve(plain, CONTINUOUS, RANDOM).orThrow().coefficients().coefficients().doubles());
    }

    @Test
    void theObjectiveNeverRises() {
        for (int trial = 0; trial < 200; trial++) {
            ResponseFamily family = trial % 2 == 0 ? CONTINUOUS : ResponseFamily.BINARY;
            List<Shape> shapes = SHAPES.get(trial % 3);
            boolean common = random.nextInt(2) == 0;
            int count = 2 + random.nextInt(4);
            CoupledTucker truth = somewhere(count, 1, shapes, 2, true);
            List<Individual> individuals = individuals(truth, shapes, family, 2 + random.nextInt(10), 0.5,
                    (i, m) -> random.nextInt(3) == 0);
            TenMtl options = (common ? TenMtl.options() : TenMtl.options().withoutCommon()).ranks(1 + random.nextInt(count),
                    ranks(shapes, 2)).lasso(random.nextInt(2) * random.nextDouble(0.001, 0.1)).search(new TenMtl.Search(trial % 2, 4,
                            1e-12));
            for (TenMtlFit.Start start : options.solve(individuals, family, RANDOM).orThrow().starts()) {
                for (int s = 1; s < start.objective().size(); s++) {
                    assertThat(start.objective().get(s)).isFinite().isLessThanOrEqualTo(start.objective().get(s - 1) * (1 + 1e-13));
                }
            }
        }
    }

    @Test
    void firstOrderConditionsHoldWhereAFitConvergedAndNowhereElse() {
        for (List<Shape> shapes : SHAPES) {
            for (ResponseFamily family : List.of(CONTINUOUS, ResponseFamily.BINARY)) {
                List<Individual> individuals = individuals(somewhere(6, 1, shapes, 2, true), shapes, family, 50, 0.5,
                        (i, m) -> (i + m) % 3 == 0);
                for (double lasso : new double[] {0, 0.02}) {
                    TenMtl options = TenMtl.options().ranks(1, ranks(shapes, 2)).lasso(lasso).search(new TenMtl.Search(0, 20_000, 1e-10));
                    TenMtlFit fit = options.solve(individuals, family, RANDOM).orThrow();
                    assertThat(fit.violation()).as("%s, shapes %s, lasso %s", family.key(), shapes, lasso).isBetween(0.0, 2e-6);
                    TenMtl brief = options.search(new TenMtl.Search(0, 1, 1e-10));
                    assertThat(((Outcome.Stopped<TenMtlFit>) brief.solve(individuals, family, RANDOM)).model().violation())
                            .isGreaterThan(10 * fit.violation());
                }
            }
        }
    }

    /** Slopes, and the norms of features, by differences of the objective, which is written out here. */
    @Test
    void conditionsAreThoseOfTheObjectiveByDifferences() {
        List<Shape> shapes = SHAPES.getFirst();
        List<Individual> individuals = individuals(somewhere(5, 2, shapes, 2, true), shapes, CONTINUOUS, 12, 0.5, (i, m) -> i > 2);
        CoupledRows rows = CoupledRows.of(new CenteredData(individuals, CONTINUOUS));
        double residual = rows.all.distance(rows.all.y, new double[rows.all.rows()]) / Math.sqrt(5);
        for (double lasso : new double[] {0, 0.3}) {
            TenMtl options = TenMtl.options().ranks(2, ranks(shapes, 2)).lasso(lasso);
            BlockUpdates updates = new BlockUpdates(rows, options);
            Iterate at = updates.start(somewhere(5, 2, shapes, 2, true));
            CoupledPrior prior = CoupledPrior.of(rows, options);
            double step = 1e-3;
            double largest = 0;
            List<Tensor> blocks = new ArrayList<>(List.of(at.parameters().individuals()));
            at.parameters().modalities().forEach(modality -> {
                blocks.add(modality.core());
                blocks.addAll(modality.factors().subList(1, modality.factors().size()));
            });
            for (Tensor numbers : blocks) {
                for (int j = 0; j < numbers.size(); j++) {
                    double kept = numbers.at(j);
                    boolean own = numbers == blocks.getFirst();
                    if (own && j % 3 == 0 || Math.abs(kept) < step) {
                        continue;
                    }
                    double here = objective(rows, options, prior, at.parameters());
                    numbers.doubles()[j] = kept + step;
                    double above = objective(rows, options, prior, at.parameters());
                    numbers.doubles()[j] = kept - step;
                    double below = objective(rows, options, prior, at.parameters());
                    numbers.doubles()[j] = kept;
                    double squares = (above - 2 * here + below) / (step * step);
                    double scale = residual * Math.sqrt((own ? 1 : 5) * squares) + lasso;
                    largest = Math.max(largest, Math.abs(above - below) / (2 * step) / scale);
                }
            }
            assertThat(updates.violation(at)).isCloseTo(largest, within(1e-6 * largest));
        }
    }

    private static double objective(CoupledRows rows, TenMtl options, CoupledPrior prior, CoupledTucker at) {
        double[] eta = rows.all.eta(at.reconstruct());
        double lasso = 0;
        double held = 0;
        for (int m = 0; m < at.modalities().size(); m++) {
            TuckerDecomposition modality = at.modality(m);
            lasso += size(modality.core()) + modality.factors().stream().skip(1).mapToDouble(CoupledTenMtlTest::size).sum();
            Tensor b = modality.reconstruct();
            Tensor common = common(modality);
            int p = common.size();
            for (int j = 0; j < b.size(); j++) {
                double deviation = b.at(j) - common.at(j % p);
                double meanShare = Arrays.stream(rows.all.totals).map(total -> 1 / total).average().orElseThrow() / 5;
                held += prior.modalities().get(m).precision() / 2 * (deviation * deviation / rows.all.totals[j / p]
                        + meanShare * common.at(j % p) * common.at(j % p));
            }
        }
        Tensor free = at.individuals().copy();
        for (int i = 0; i < 5; i++) {
            free.set(0, i, 0);
        }
        return rows.all.loss(eta, new double[5]) + options.lasso().core() * (lasso + size(free)) + held;
    }

    private static double size(Tensor a) {
        return Arrays.stream(a.doubles()).map(Math::abs).sum();
    }

    /** What the tied column gives. */
    private static Tensor common(TuckerDecomposition modality) {
        Tensor only = Tensor.zeros(1, modality.core().shape().size(0));
        only.set(1, 0, 0);
        List<Tensor> factors = new ArrayList<>(modality.factors());
        factors.set(0, only);
        return new TuckerDecomposition(modality.core(), factors).reconstruct();
    }

    /** The same part of the linear predictor's variance for each modality, whatever its unit and width. */
    @Test
    void thePriorGivesModalitiesTheSameVariance() {
        List<Shape> shapes = List.of(Shape.of(3), Shape.of(40));
        List<Individual> individuals = individuals(somewhere(6, 1, shapes, 2, true), shapes, ResponseFamily.BINARY, 30, 0,
                (i, m) -> i % 2 == 1).stream().map(one -> times(one, m -> m == 1 ? 8 : 1)).toList();
        CoupledRows rows = CoupledRows.of(new CenteredData(individuals, ResponseFamily.BINARY));
        CoupledPrior prior = CoupledPrior.of(rows, TenMtl.options().ranks(1, 2, 2));
        for (int m = 0; m < 2; m++) {
            int having = m == 0 ? 6 : 3;
            double norm = 0;
            for (int j = 0; j < rows.modalities.get(m).predictors.size(); j++) {
                double x = rows.modalities.get(m).predictors.at(j);
                norm += rows.all.weights[j / shapes.get(m).size()] * x * x / having;
            }
            // log odds of variance 4, shared by the 1.5 modalities that an individual has, half of it common
            assertThat(prior.modalities().get(m).precision()).isCloseTo(2 * 1.5 * norm / 4, within(1e-12 * norm));
        }
    }

    @Test
    void everyBlocksPriorRowsAddUpToItsValue() {
        List<Shape> shapes = SHAPES.getLast();
        for (boolean common : new boolean[] {true, false}) {
            TenMtl options = common ? TenMtl.options().ranks(2, ranks(shapes, 2))
                    : TenMtl.options().withoutCommon().ranks(3, ranks(shapes, 2));
            List<Individual> individuals = individuals(somewhere(5, 1, shapes, 2, true), shapes, CONTINUOUS, 9, 0.5, (i, m) -> i == m);
            CoupledRows rows = CoupledRows.of(new CenteredData(individuals, CONTINUOUS));
            CoupledPrior prior = CoupledPrior.of(rows, options);
            CoupledTucker at = somewhere(5, common ? 2 : 3, shapes, 2, common);
            double value = prior.value(at, new double[5]);
            double[] cores = at.cores().stream().flatMapToDouble(core -> Arrays.stream(core.doubles())).toArray();
            assertThat(prior.cores(at).value(cores)).isCloseTo(value, within(1e-11 * value));
            Tensor zero = at.individuals().copy();
            Tensor root = prior.individuals(at);
            double own = 0;
            for (int i = 0; i < 5; i++) {
                double[] theta = Arrays.copyOfRange(zero.doubles(), i * 3 + (common ? 1 : 0), i * 3 + 3);
                own += prior.personal().individual(root, i, 0).value(theta);
                for (int r = common ? 1 : 0; r < 3; r++) {
                    zero.set(0, i, r);
                }
            }
            assertThat(own).isCloseTo(value - prior.value(at.withIndividuals(zero), new double[5]), within(1e-11 * value));
        }
    }

    @Test
    void unitsAndOrderOfModalitiesMakeNoDifference() {
        List<Shape> shapes = SHAPES.getLast();
        List<Individual> individuals = individuals(somewhere(6, 1, shapes, 2, true), shapes, CONTINUOUS, 30, 0.3, (i, m) -> i % 3 == m);
        TenMtl options = TenMtl.options().ranks(1, ranks(shapes, 2)).search(new TenMtl.Search(0, 20_000, 1e-11));
        PersonalCoefficients plain = options.fit(individuals, CONTINUOUS, RANDOM).orThrow();
        IntToDoubleFunction units = m -> new double[] {1, 1024, 0.25}[m];
        PersonalCoefficients other = options.fit(individuals.stream().map(one -> times(one, units)).toList(), CONTINUOUS, RANDOM).orThrow();
        List<Individual> reversed = individuals.stream().map(one -> {
            List<Tensor> parts = IntStream.of(2, 1, 0).mapToObj(m -> Modalities.part(shapes, one.predictors(), m)).toList();
            return individual(one.name(), shapes.reversed(), one.modalities().observed().reversed(),
                    CoupledTucker.joined(parts).toDoubles(), one.response());
        }).toList();
        PersonalCoefficients last = options.ranks(1, 2, 2, 2, 2).fit(reversed, CONTINUOUS, RANDOM).orThrow();
        for (int i = 0; i < 6; i++) {
            double[] at = plain.predict(i, individuals.get(i).predictors());
            assertThat(other.predict(i, times(individuals.get(i), units).predictors())).isEqualTo(at);
            assertThat(last.predict(i, reversed.get(i).predictors())).containsExactly(at, within(1e-5));
        }
    }

    /** What an individual lacks is found from what it has: without noise, exactly. */
    @Test
    void coordinatesSayWhatAnIndividualLacks() {
        CoupledCoefficients simulation = new CoupledCoefficients(20, 20, 60, List.of(List.of(6), List.of(5, 4)), 2, 1e-3, 0.5);
        CoupledCoefficients.SimulatedIndividuals drawn = simulation.draw(RandomStream.of(2, "lacking"));
        // the response of those who lack the second does not have it either, so that nothing but rank hides it
        List<Individual> train = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Individual one = drawn.train().get(i);
            double[] y = new double[one.rows()];
            for (int n = 0; n < y.length; n++) {
                for (int j = 0; j < 26; j++) {
                    y[n] += one.predictors().at(n * 26 + j) * drawn.truth().at(i * 26 + j);
                }
            }
            train.add(individual(one.name(), one.modalities().shapes(), one.modalities().observed(), one.predictors().doubles(), y));
        }
        TenMtl options = TenMtl.options().withoutPrior().ranks(2, 2, 2, 2).search(new TenMtl.Search(0, 3_000, 1e-10));
        Outcome<TenMtlFit> fit = options.solve(train, CONTINUOUS, RANDOM);
        PersonalCoefficients found = fit.orThrow().coefficients();
        assertThat(drawn.measured()).hasSizeGreaterThan(4);
        assertThat(found.coefficients().doubles()).containsExactly(drawn.truth().doubles(), within(1e-4));
    }

    @Test
    void aModalityThatNobodyHasSaysNothing() {
        List<Shape> shapes = List.of(Shape.of(3), Shape.of(2, 2));
        List<Individual> individuals = individuals(somewhere(5, 1, shapes, 2, true), shapes, CONTINUOUS, 9, 0.3, (i, m) -> true);
        for (TenMtl options : List.of(TenMtl.options(), TenMtl.options().withoutPrior(), TenMtl.options().lasso(0.01),
                TenMtl.options().withoutCommon())) {
            PersonalCoefficients found = options.fit(individuals, CONTINUOUS, RANDOM).orThrow();
            assertThat(found.coefficients().doubles()).doesNotContain(Double.NaN);
            double[] alone = options.fit(individuals.stream().map(one -> new Individual(one.name(),
                    Modalities.part(shapes, one.predictors(), 0), one.response())).toList(), CONTINUOUS, RANDOM).orThrow()
                    .predict(2, Modalities.part(shapes, individuals.get(2).predictors(), 0));
            assertThat(found.predict(2, individuals.get(2).predictors())).containsExactly(alone, within(1e-2));
        }
    }

    @Test
    void aNewcomerIsFoldedInByWhatItHas() {
        CoupledCoefficients simulation = new CoupledCoefficients(40, 40, 60, List.of(List.of(6), List.of(5, 4)), 2, 0.1, 0.3);
        CoupledCoefficients.SimulatedIndividuals drawn = simulation.draw(RandomStream.of(3, "fold"));
        TenMtlFit fit = TenMtl.options().ranks(2, 2, 2, 2).solve(drawn.train().subList(0, 30), CONTINUOUS, RANDOM).orThrow();
        double folded = 0;
        double ofMean = 0;
        for (int i = 30; i < 40; i++) {
            PersonalCoefficients found = FoldIn.fold(fit, drawn.train().get(i));
            for (int j = 0; j < 26; j++) {
                double truth = drawn.truth().at(i * 26 + j);
                int number = j;
                double mean = IntStream.range(0, 30).mapToDouble(k -> drawn.truth().at(k * 26 + number)).average().orElseThrow();
                folded += (found.coefficients().at(j) - truth) * (found.coefficients().at(j) - truth);
                ofMean += (mean - truth) * (mean - truth);
            }
        }
        assertThat(folded).isLessThan(0.25 * ofMean);
        assertThatThrownBy(() -> FoldIn.fold(fit, joined(drawn.train().getLast()))).isInstanceOf(ShapeException.class);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        List<Shape> shapes = List.of(Shape.of(3), Shape.of(2, 2));
        List<Individual> individuals = individuals(somewhere(3, 1, shapes, 2, true), shapes, CONTINUOUS, 9, 0.3, (i, m) -> false);
        assertThatThrownBy(() -> TenMtl.options().ranks(1, 2, 2).solve(individuals, CONTINUOUS, RANDOM)).isInstanceOf(DataException.class)
                .hasMessageContaining("needs 3 predictor ranks");
        assertThatThrownBy(() -> TenMtl.options().ranks(1, 2, 2, 3).solve(individuals, CONTINUOUS, RANDOM))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("mode 3 can have rank 1 to 2");
        List<Individual> mixed = List.of(individuals.getFirst(), joined(individuals.get(1)));
        assertThatThrownBy(() -> TenMtl.options().solve(mixed, CONTINUOUS, RANDOM)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("individual i1");
        assertThatThrownBy(() -> new Modalities(shapes, List.of(true))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Individual("a", Tensor.zeros(2, 6), new double[2], new double[] {1, 1}, new Modalities(shapes,
                List.of(true, true)))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> FederatedTenMtl.fit(TenMtl.options().form(TensorForm.coupled("a", "b")), Shape.of(7), CONTINUOUS,
                question -> new double[0], Progress.NONE)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("couple");
    }
}
