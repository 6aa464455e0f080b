package intarsia.models.tenmtl;

import intarsia.models.Outcome;
import intarsia.optim.solve.GlmFit;
import java.util.ArrayList;
import java.util.List;

/** How the regressions that make up a fit ended: all at their minimum, or what to say of those that did not. */
final class SolverEndings {
    /** A duality gap below this share of the objective is as near to the minimum as digits allow. */
    private static final double NEAR = 1e-6;

    private final List<String> notes = new ArrayList<>();
    private int all;
    private int limited;
    private int endless;

    /** One regression more. */
    void add(GlmFit fit) {
        all++;
        switch (fit.outcome()) {
            case CONVERGED -> { }
            case LIMIT_REACHED -> limited += fit.gap() > NEAR * fit.objective() ? 1 : 0;
            case NO_MINIMUM -> endless++;
        }
    }

    /** A limit that was reached, in words. */
    void note(String note) {
        notes.add(note);
    }

    /** The model, stopped where a regression was not at its minimum. */
    <M> Outcome<M> outcome(String method, M model) {
        List<String> said = new ArrayList<>(notes);
        if (endless > 0) {
            said.add(count(endless) + " no finite solution, because labels can be separated");
        }
        if (limited > 0) {
            said.add(count(limited) + " not converged within the limit of iterations");
        }
        return said.isEmpty() ? new Outcome.Converged<>(model, 1) : new Outcome.Stopped<>(model, method + ": " + String.join("; ", said));
    }

    private String count(int some) {
        return all == 1 ? "the regression has" : some + " of " + all + " regressions have";
    }
}
