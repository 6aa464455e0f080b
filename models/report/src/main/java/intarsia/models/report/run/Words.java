package intarsia.models.report.run;

import java.util.List;

/** Lists of names in sentences. */
final class Words {
    private static final int MOST = 6;

    private Words() {}

    /** {@code a, b and c}; of many the first few and how many more. */
    static String some(List<String> names) {
        if (names.size() > MOST) {
            return String.join(", ", names.subList(0, MOST - 1)) + " and " + (names.size() - MOST + 1) + " more";
        }
        return names.size() < 2 ? String.join("", names) : String.join(", ", names.subList(0, names.size() - 1)) + " and "
                + names.getLast();
    }
}
