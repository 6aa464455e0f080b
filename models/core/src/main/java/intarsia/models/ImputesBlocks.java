package intarsia.models;

import intarsia.linalg.Engine;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.Map;

/**
 * A model that fills in missing blocks.
 *
 * {@snippet class="intarsia.tutorial.JavaTutorial" region="impute"}
 */
public interface ImputesBlocks {
    /** Whether this one does: a mixture does where one of its models does. */
    default boolean imputes() {
        return true;
    }

    /** How it imputes, to be learned from other rows: what says how good that is. Asked of one that {@link #imputes}. */
    ImputationMethod imputationMethod();

    /**
     * Every source's block of the rows, in raw cells: what was measured as it is, bit by bit; blocks that are not there, or have no number
     * in a row, imputed. Imputed cells are valid ones: 0 or 1 in a binary column, a level's code in a categorical one.
     *
     * @throws intarsia.models.data.DataException if there is no such task, or the rows lack a source that the model needs
     */
    Map<Source, double[][]> impute(Engine engine, String task, Observations rows);
}
