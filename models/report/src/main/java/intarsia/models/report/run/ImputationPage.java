package intarsia.models.report.run;

import intarsia.models.data.MissingnessPattern;
import intarsia.models.imputation.ImputationQuality;
import intarsia.models.imputation.MultipleImputation;
import intarsia.models.report.Page;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of a completed study.
 *
 * @param study        its name
 * @param pattern      of missing blocks
 * @param filled       what was filled where
 * @param method       what imputes blocks, in words
 * @param quality      how good that is
 * @param draws        completed tables that were drawn; 0 for none
 * @param coefficients pooled; null for none
 * @param notes        what a person has to know
 * @param origin       how it was made
 */
public record ImputationPage(String study, MissingnessPattern pattern, List<Filled> filled, String method, ImputationQuality quality,
        int draws, Table coefficients, List<String> notes, Origin origin) {
    private static final int MOST_OPEN = 60;

    /**
     * Cells of a source in a task.
     *
     * @param task     the task's name
     * @param source   the source's name
     * @param measured cells that were
     * @param blocks   cells imputed in rows without any number in the source
     * @param single   other cells imputed
     */
    public record Filled(String task, String source, int measured, int blocks, int single) {}

    /** As HTML. */
    public String html() {
        Page page = new Page(study + ", completed").question("What was filled in where nothing was measured, and how good is that?");
        page.verdict(new ImputationSection(quality).sentences());
        int blocks = filled.stream().mapToInt(Filled::blocks).sum();
        int single = filled.stream().mapToInt(Filled::single).sum();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cells measured", Integer.toString(filled.stream().mapToInt(Filled::measured).sum()));
        facts.put("cells imputed in missing blocks", Integer.toString(blocks));
        facts.put("single cells imputed", Integer.toString(single));
        facts.put("tables drawn", Integer.toString(draws));
        page.facts(facts);
        new NotesSection(notes).write(page);
        page.section("What was filled in").paragraph(sentence());
        new BlocksMap(pattern).figure().ifPresent(figure -> page.figures(List.of(figure)));
        List<List<String>> rows = new ArrayList<>();
        filled.forEach(of -> rows.add(List.of(of.task, of.source, Integer.toString(of.measured), Integer.toString(of.blocks),
                Integer.toString(of.single))));
        Table table = new Table("Cells", "`imputed.csv` marks each of them.", List.of("task", "source", "measured",
                "imputed in missing blocks", "imputed, single"), rows);
        if (rows.size() > MOST_OPEN) {
            page.folded(table);
        } else {
            page.table(table);
        }
        new ImputationSection(quality).write(page);
        if (coefficients != null) {
            page.section("Coefficients").table(coefficients);
        }
        origin.write(page);
        return page.section("Methods, to paste").quotation(List.of(text())).part("References").list(references()).html();
    }

    private String sentence() {
        return "Blocks are imputed by " + method + ", single cells by a joint normal distribution of all columns.";
    }

    private String text() {
        return sentence() + (draws == 0 ? "" : " In addition " + draws + " completed tables were drawn from the posterior of a joint "
                + "normal distribution of all columns and the response, by " + MultipleImputation.TURNS
                + " turns of data augmentation each (Schafer 1997); estimates were pooled by Rubin's rules (Rubin 1987) with the degrees "
                + "of freedom of Barnard and Rubin (1999).");
    }

    private List<String> references() {
        return draws == 0 ? List.of() : List.of(
                "Barnard, Rubin: Small-sample degrees of freedom with multiple imputation. Biometrika 86 (1999).",
                "Rubin: Multiple imputation for nonresponse in surveys. Wiley (1987).",
                "Schafer: Analysis of incomplete multivariate data. Chapman & Hall (1997).");
    }
}
