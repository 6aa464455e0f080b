package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.data.Observations;
import intarsia.models.files.NewRows;
import intarsia.models.response.ResponseFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a fitted model predicts for rows of a file. */
final class Predictions {
    private Predictions() {}

    /**
     * A prediction for each row, in the order of the file: as many numbers as the response's family predicts.
     *
     * @throws UserException naming a row whose prediction is beyond all numbers
     */
    static double[] of(Model model, NewRows rows, Path csv) {
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            return of(model, bound, rows, csv);
        }
    }

    /** The same by a model that is on an engine. */
    static double[] of(Model model, BoundModel bound, NewRows rows, Path csv) {
        int width = model.responses().values().iterator().next().width();
        double[] predicted = new double[rows.size() * width];
        for (String known : model.tasks()) {
            int[] places = rows.rowsOf(known);
            if (places.length > 0) {
                NewRows own = rows.ofTask(known);
                double[] values = bound.predict(known, new Observations(own.ids(), own.blocks()));
                for (int k = 0; k < values.length; k++) {
                    if (!Double.isFinite(values[k])) {
                        throw new UserException(csv + ": row '" + own.ids().get(k / width) + "' of task '" + known
                                + "': its prediction is " + values[k] + "; a number in it is too large, give it in the study's units");
                    }
                    predicted[places[k / width] * width + k % width] = values[k];
                }
            }
        }
        return predicted;
    }

    /** What predictions are called in a table; where they are probabilities of levels, the most probable one has a column too. */
    static List<String> headings(ResponseFamily family) {
        List<String> headings = new ArrayList<>(family.predicted());
        if (!family.levels().isEmpty()) {
            headings.add("level");
        }
        return headings;
    }

    /** A row's cells below these. */
    static List<String> cells(ResponseFamily family, double[] predicted, int row) {
        List<String> cells = new ArrayList<>();
        Arrays.stream(predicted, row * family.width(), (row + 1) * family.width()).forEach(of -> cells.add(Double.toString(of)));
        if (!family.levels().isEmpty()) {
            cells.add(family.levels().get(likeliest(family, predicted, row)));
        }
        return cells;
    }

    /** The code of a row's most probable level; of equally probable ones the first. */
    static int likeliest(ResponseFamily family, double[] predicted, int row) {
        int best = 0;
        for (int k = 1; k < family.width(); k++) {
            best = predicted[row * family.width() + k] > predicted[row * family.width() + best] ? k : best;
        }
        return best;
    }
}
