package intarsia.cli;

import intarsia.models.UncertainPredictor;
import intarsia.models.data.Observations;
import intarsia.models.explanation.Explanation;
import intarsia.models.files.Schema;

/**
 * A task's rows of a file with what their predictions are made of.
 *
 * @param response what is predicted
 * @param places   where they are in the file, from 0
 * @param rows     the rows
 * @param parts    of their predictions
 * @param linear   how sure the model is of them; null if it does not tell
 */
record ExplainedRows(Schema.Response response, int[] places, Observations rows, Explanation parts, UncertainPredictor.Linear linear) {}
