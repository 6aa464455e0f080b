package intarsia.models.tenmtl;

import intarsia.models.Predictor;
import intarsia.models.data.DataException;
import intarsia.models.data.Observations;
import java.util.Arrays;

/**
 * Fitted personal models that read rows as they come; a task is an individual.
 *
 * @param encoding the way from rows to predictor tensors
 * @param models   the models, on the encoded scale
 */
public record PersonalPredictor(TensorEncoding encoding, PersonalModels models) implements Predictor {
    @Override
    public double[] predict(String task, Observations rows) {
        int individual = models.names().indexOf(task);
        if (individual < 0) {
            throw new DataException("no individual '" + task + "'; there are " + models.names());
        }
        return Arrays.stream(models.predict(individual, encoding.predictors(task, rows))).map(mean -> mean * encoding.responseScale())
                .toArray();
    }
}
