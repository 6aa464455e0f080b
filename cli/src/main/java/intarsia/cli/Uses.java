package intarsia.cli;

import intarsia.models.AcceptsTasks;
import intarsia.models.Model;

/** What can be done with a saved model. */
final class Uses {
    private Uses() {}

    /** The commands that take it, for people. */
    static String of(Model model, String run) {
        StringBuilder uses = new StringBuilder("intarsia predict " + run + " ROWS.csv  or  intarsia impute " + run + " --out FOLDER");
        if (model instanceof AcceptsTasks accepting && accepting.acceptsTasks()) {
            uses.append("  or  intarsia transfer ").append(run).append(" NEWTASK.csv");
        }
        return uses.toString();
    }
}
