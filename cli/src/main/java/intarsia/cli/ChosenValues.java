package intarsia.cli;

import intarsia.models.evaluation.Evaluation;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What tuning chose, split by split and for the saved model: {@code chosen.csv} has all of it, the terminal the model's.
 *
 * @param fits  of the comparison
 * @param model the model's key
 * @param saved what the saved model has
 */
record ChosenValues(List<Evaluation> fits, String model, Map<String, String> saved) {
    /** A line for each value; empty if there are none. */
    String text() {
        if (saved.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("option", "saved model", "in the splits");
        for (var entry : saved.entrySet()) {
            Map<String, Long> counts = fits.stream().filter(fit -> fit.estimator().equals(model))
                    .map(fit -> fit.chosen().getOrDefault(entry.getKey(), "-"))
                    .collect(Collectors.groupingBy(value -> value, LinkedHashMap::new, Collectors.counting()));
            boolean same = counts.keySet().equals(Set.of(entry.getValue()));
            table.line(entry.getKey(), entry.getValue(), same ? "the same" : counts.entrySet().stream()
                    .map(count -> count.getValue() == 1 ? count.getKey() : count.getKey() + " (" + count.getValue() + " times)")
                    .collect(Collectors.joining(", ")));
        }
        return table + "\n";
    }

    /** {@code chosen.csv}. */
    void write(FolderWriter run) {
        List<List<String>> rows = new ArrayList<>();
        for (Evaluation fit : fits) {
            fit.chosen().forEach((name, value) -> rows.add(List.of(Integer.toString(fit.repeat() + 1), fit.estimator(), name, value)));
        }
        saved.forEach((name, value) -> rows.add(List.of("saved", model, name, value)));
        run.write("chosen.csv", Results.csv(List.of("split", "method", "name", "value"), rows));
    }
}
