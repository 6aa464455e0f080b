package intarsia.models.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.tucker.Multilinear;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.Tuned;
import intarsia.models.simulation.BrainRecordings.Response;
import intarsia.models.tenmtl.HeldOutIndividuals;
import intarsia.models.tenmtl.PersonalBaselines;
import intarsia.models.tenmtl.PersonalCoefficients;
import intarsia.models.tenmtl.PersonalEstimator;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorEncoding;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.util.List;
import java.util.Map;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class BrainRecordingsTest {
    @Test
    void explore() {
        for (Response response : List.of(Response.REACTION, Response.HIT)) {
            for (int trials : new int[] {60}) {
                Map<String, double[]> errors = new LinkedHashMap<>();
                for (int rep = 0; rep < 2; rep++) {
                    var drawn = BrainRecordings.standard().trials(trials).draw(RandomStream.of(1 + rep));
                    DataSplit all = DataSplit.all(drawn.tasks(response));
                    TensorEncoding encoding = TensorEncoding.of(all, TensorForm.AS_GIVEN);
                    List<Individual> individuals = encoding.individuals(all);
                    List<Individual> flat = individuals.stream().map(one -> new Individual(one.name(),
                            one.predictors().reshape(Shape.of(one.rows(), 60)), one.response())).toList();
                    double unit = response == Response.HIT ? 3 : 60 / encoding.responseScale();
                    ResponseFamily family = encoding.response();
                    var tensor = TenMtl.tuned();
                    errors.computeIfAbsent("tensor", k -> new double[2])[rep] = error(tensor, individuals, family, drawn.truth(), unit);
                    errors.computeIfAbsent("tensor-true", k -> new double[2])[rep] = error(new Tuned("x", "x", List.of(TenMtl.options().ranks(2, 2, 2, 1)), true), individuals, family, drawn.truth(), unit);
                    errors.computeIfAbsent("vector", k -> new double[2])[rep] = error(tensor, flat, family, drawn.truth(), unit);
                    for (String key : List.of("local-ridge", "local-lasso", "global")) {
                        errors.computeIfAbsent(key, k -> new double[2])[rep] = error(PersonalBaselines.of(key, TensorForm.AS_GIVEN), individuals, family, drawn.truth(), unit);
                    }
                }
                errors.forEach((key, e) -> System.out.println("EXP " + response + " " + trials + " " + key + " " + java.util.Arrays.toString(e)));
            }
        }
    }

    private static double error(Tuned method, List<Individual> individuals, ResponseFamily family, Tensor truth, double unit) {
        List<PersonalEstimator> candidates = method.candidates().stream().map(PersonalEstimator.class::cast).toList();
        RandomStream random = RandomStream.of(7);
        PersonalEstimator chosen = candidates.size() == 1 ? candidates.getFirst() : HeldOutIndividuals.choose(candidates, individuals, family, 0.25, 1, random).best();
        PersonalCoefficients models = chosen.fit(individuals, family, random).orThrow();
        double error = 0;
        double size = 0;
        for (int i = 0; i < truth.size(); i++) {
            double of = models.coefficients().at(i) / unit - truth.at(i);
            error += of * of;
            size += truth.at(i) * truth.at(i);
        }
        return Math.sqrt(error / size);
    }
}
