package intarsia.models.files.model;

import intarsia.models.Model;
import intarsia.models.data.Source;
import intarsia.models.files.Schema;
import java.util.List;

/** Holds a saved model's schema against the model: rows must mean for both the same. */
final class SchemaCheck {
    private SchemaCheck() {}

    /**
     * Makes sure that every source the model reads is one of the schema's, with the same columns, kinds and levels in the same order, and
     * that responses are of the schema's kind.
     *
     * @throws IllegalArgumentException naming what differs
     */
    static void check(Model model, Schema schema) {
        if (schema == null) {
            return;
        }
        for (Source source : model.sources()) {
            List<Source> named = schema.sources().stream().filter(other -> other.name().equals(source.name())).toList();
            if (named.size() != 1 || !named.getFirst().equals(source)) {
                throw new IllegalArgumentException("source '" + source.name()
                        + "' of the model is not the schema's: columns, kinds or levels differ");
            }
        }
        model.responses().forEach((task, response) -> {
            Schema.Response of = schema.of(task);
            if (!response.equals(of.family())) {
                throw new IllegalArgumentException("the response of task '" + task + "' is " + response.key() + ", the schema's is "
                        + of.family().key());
            }
        });
    }
}
