package intarsia.models.report.run;

import intarsia.models.Predictor;
import intarsia.models.data.Observations;
import intarsia.models.explanation.Explanation;
import intarsia.models.report.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The page of what predictions of some rows are made of. Of classes it shows the parts of each row's most probable one.
 *
 * @param file   the name of the rows' file
 * @param run    the name of the model's folder
 * @param parts  what is shown of each response, one at least
 * @param bound  the model on an engine
 * @param notes  what a person has to know
 * @param origin how it was made
 */
public record ExplanationPage(String file, String run, List<Part> parts, Predictor bound, List<String> notes, Origin origin) {
    /**
     * A task's rows.
     *
     * @param rows  the rows
     * @param parts of their predictions
     */
    public record OfTask(Observations rows, Explanation parts) {
        /** The place of a row's number that is shown: of several classes that of the most probable. */
        int shown(int row) {
            int predictors = parts.family().predictors();
            int best = row * predictors;
            for (int k = 1; k < predictors; k++) {
                best = parts.prediction()[row * predictors + k] > parts.prediction()[best] ? row * predictors + k : best;
            }
            return best;
        }
    }

    /**
     * A response.
     *
     * @param response what is predicted
     * @param tasks    each task's rows
     */
    public record Part(String response, Map<String, OfTask> tasks) {
        int rows() {
            return tasks.values().stream().mapToInt(of -> of.rows.size()).sum();
        }

        String scale() {
            return tasks.values().iterator().next().parts.family().linearScale();
        }
    }

    private String each(Function<Part, String> said) {
        return parts.stream().map(said).collect(Collectors.joining(", "));
    }

    /** As HTML. */
    public String html() {
        String responses = Words.some(parts.stream().map(Part::response).toList());
        Page page = new Page("Why: " + run + " on " + file).question("Why does the model of " + run + " predict what it predicts of "
                + responses + " for these rows?");
        page.verdict(parts.stream().map(part -> (parts.size() == 1 ? "" : part.response + ": ") + new PartsSection(part).verdict())
                .toList());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tasks", each(part -> Integer.toString(part.tasks.size())));
        facts.put("rows", each(part -> Integer.toString(part.rows())));
        facts.put("response", responses);
        facts.put("scale", each(Part::scale));
        page.facts(facts);
        new NotesSection(notes).write(page);
        for (Part part : parts) {
            String after = parts.size() == 1 ? "" : ": " + part.response;
            new PartsSection(part).write(page, after);
            new DependenceSection(part.tasks, bound).write(page, after);
        }
        origin.write(page);
        return page.section("References").list(List.of(
                "Shapley: A value for n-person games. Contributions to the Theory of Games 2 (1953).",
                "Mitchell, Cooper, Frank, Holmes: Sampling permutations for Shapley value estimation. JMLR 23 (2022).",
                "Friedman: Greedy function approximation. Annals of Statistics 29 (2001).",
                "Goldstein, Kapelner, Bleich, Pitkin: Peeking inside the black box. JCGS 24 (2015).")).html();
    }
}
