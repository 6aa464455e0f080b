package intarsia.models.files.model;

import intarsia.models.files.Section;
import intarsia.models.gp.KernelKind;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.gp.SmoothKernel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The Gaussian process's options: the keys of {@code [fit.gp]}. */
final class GpKeys {
    private static final MultitaskGp STANDARD = MultitaskGp.options();
    private static final Key<List<KernelKind>> KERNELS = new Key<>("kernels", "list of " + words(KernelKind.values()),
            words(KernelKind.values()), "The kernels of each source.", (section, key) -> {
                List<String> given = section.texts(key);
                for (int i = 0; i < given.size(); i++) {
                    String word = given.get(i);
                    if (Arrays.stream(KernelKind.values()).noneMatch(kind -> word(kind).equals(word))) {
                        throw section.error(key, i, "no kernel '" + word + "'; there are " + words(KernelKind.values()));
                    }
                }
                if (section.has(key) && given.isEmpty()) {
                    throw section.error(key, "'" + key + "' must list at least one of " + words(KernelKind.values()));
                }
                return given.isEmpty() ? STANDARD.kernels().kinds() : given.stream().map(word -> of(KernelKind.values(), word)).toList();
            });
    private static final Key<String> SMOOTH = Key.choice("smooth_kernel", word(STANDARD.kernels().smooth()), list(SmoothKernel.values()),
            "The smooth kernel.");
    private static final Key<String> SHARING = Key.choice("sharing", word(STANDARD.sharing()), list(MultitaskGp.Sharing.values()),
            "All tasks share a function, or those of a group do; groups are found by evidence.");
    private static final Key<Integer> RANK = Key.whole("rank", STANDARD.rank(), 0, 100,
            "Rank of the covariance of tasks in the shared part; 0 for one shared function.");
    private static final Key<String> MISSING = Key.choice("missing_blocks", word(STANDARD.missing()),
            list(MultitaskGp.MissingBlocks.values()), "A source that a row lacks contributes nothing, is an uncertain input, or "
                    + "an output of the same process as the response.");
    private static final Key<Integer> STARTS = Key.whole("starts", STANDARD.search().starts(), 1, MultitaskGp.Search.MOST_STARTS,
            "Starts of the search for hyperparameters.");
    private static final Key<Integer> STEPS = Key.whole("steps", STANDARD.search().steps(), 1, 100_000,
            "Most evaluations of the marginal likelihood from the best start.");
    private static final Key<Integer> ROWS = Key.whole("search_rows", STANDARD.search().rows(), STANDARD.search().startRows(),
            1_000_000, "Most rows that hyperparameters are found by, above 'exact_rows' by a lower bound; predictions learn from all.");
    private static final Key<Integer> INDUCING = Key.whole("inducing", STANDARD.inducing().count(), 1, MultitaskGp.Inducing.MOST,
            "Inducing rows that stand for all, where there are more rows than 'exact_rows'.");
    private static final Key<Integer> EXACT_ROWS = Key.whole("exact_rows", STANDARD.inducing().exactRows(), 0,
            MultitaskGp.Inducing.MOST_EXACT, "Up to so many rows the solution is exact; 6,000 take some 1 GB.");
    static final KeyTable TABLE = new KeyTable(MultitaskGp.KEY, MultitaskGp.KEY,
            "Hyperparameters are found by marginal likelihood; there is nothing to tune.",
            List.of(KERNELS, SMOOTH, SHARING, RANK, MISSING, STARTS, STEPS, ROWS, INDUCING, EXACT_ROWS));

    private GpKeys() {}

    static MultitaskGp read(Section fit) {
        Section section = TABLE.in(fit);
        SmoothKernel smooth = of(SmoothKernel.values(), SMOOTH.of(section));
        MultitaskGp.MissingBlocks missing = of(MultitaskGp.MissingBlocks.values(), MISSING.of(section));
        MultitaskGp.Sharing sharing = of(MultitaskGp.Sharing.values(), SHARING.of(section));
        if (sharing == MultitaskGp.Sharing.GROUPS && RANK.of(section) > 0) {
            throw section.error(RANK.name(), "'rank' is " + RANK.of(section) + ", but groups share one function each; leave out 'rank', "
                    + "or write sharing = \"all\"");
        }
        try {
            return new MultitaskGp(new MultitaskGp.KernelSet(KERNELS.of(section), smooth), sharing, RANK.of(section), missing,
                    STANDARD.priors(),
                    new MultitaskGp.Search(STARTS.of(section), STEPS.of(section), STANDARD.search().startRows(), ROWS.of(section)),
                    new MultitaskGp.Inducing(INDUCING.of(section), EXACT_ROWS.of(section)));
        } catch (IllegalArgumentException e) {
            throw section.error(MISSING.name(), e.getMessage());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> list(Enum<?>[] values) {
        return Arrays.stream(values).map(GpKeys::word).toList();
    }

    private static String words(Enum<?>[] values) {
        return String.join(", ", list(values));
    }

    private static <E extends Enum<E>> E of(E[] values, String word) {
        return Arrays.stream(values).filter(value -> word(value).equals(word)).findFirst().orElseThrow();
    }
}
