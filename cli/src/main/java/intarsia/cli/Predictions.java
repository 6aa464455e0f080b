package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.data.Observations;
import intarsia.models.files.NewRows;
import java.nio.file.Path;

/** What a fitted model predicts for rows of a file. */
final class Predictions {
    private Predictions() {}

    /**
     * A prediction for each row, in the order of the file.
     *
     * @throws UserException naming a row whose prediction is beyond all numbers
     */
    static double[] of(Model model, NewRows rows, Path csv) {
        double[] predicted = new double[rows.size()];
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            for (String known : model.tasks()) {
                int[] places = rows.rowsOf(known);
                if (places.length > 0) {
                    NewRows own = rows.ofTask(known);
                    double[] values = bound.predict(known, new Observations(own.ids(), own.blocks()));
                    for (int i = 0; i < places.length; i++) {
                        if (!Double.isFinite(values[i])) {
                            throw new UserException(csv + ": row '" + own.ids().get(i) + "' of task '" + known + "': its prediction is "
                                    + values[i] + "; a number in it is too large, give it in the study's units");
                        }
                        predicted[places[i]] = values[i];
                    }
                }
            }
        }
        return predicted;
    }
}
