package intarsia.cli;

import intarsia.models.UncertainPredictor;
import intarsia.models.data.Observations;
import intarsia.models.explanation.Explanation;

/**
 * A task's rows of a file with what their predictions are made of.
 *
 * @param places where they are in the file, from 0
 * @param rows   the rows
 * @param parts  of their predictions
 * @param linear how sure the model is of them; null if it does not tell
 */
record ExplainedRows(int[] places, Observations rows, Explanation parts, UncertainPredictor.Linear linear) {}
