package intarsia.models.study.tenmtl;

import intarsia.models.data.Block;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.selection.Tuned;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What the paper may have done with Parkinson's telemonitoring. It reports a figure and says neither which columns were read, nor how they
 * were scaled, nor how rows were held out.
 */
enum Reading {
    PLAIN("time and voice, as in the study", true, false, false, UnaryOperator.identity()),
    VOICE("voice alone", false, false, false, UnaryOperator.identity()),
    WITHIN("voice alone, columns and scores standardized within patients", false, false, true, UnaryOperator.identity()),
    APART("voice alone, no common column", false, false, false, TenMtl::withoutCommon),
    BARE("voice alone, no prior", false, false, false, TenMtl::withoutPrior),
    LATER("time and voice, each patient's last rows held out", true, true, false, UnaryOperator.identity()),
    VOICE_LATER("voice alone, each patient's last rows held out", false, true, false, UnaryOperator.identity());

    private static final double TEST_SHARE = 0.3;

    private final String words;
    private final boolean time;
    private final boolean later;
    private final boolean within;
    private final UnaryOperator<TenMtl> options;

    Reading(String words, boolean time, boolean later, boolean within, UnaryOperator<TenMtl> options) {
        this.words = words;
        this.time = time;
        this.later = later;
        this.within = within;
        this.options = options;
    }

    /** The reading of a number from 1 on. */
    static Reading of(double number) {
        return values()[(int) number - 1];
    }

    /** What is done, for people. */
    String words() {
        return words;
    }

    /** Patients so read; trials of one stream split rows alike. */
    Trial trial(String stream, TaskSet patients) {
        TensorForm form = time ? TensorForm.AS_GIVEN : new TensorForm(List.of(List.of("voice")), Map.of());
        Trial.PersonalData split = Trial.split(patients, form, random -> later ? DataSplit.of(patients, Reading::later)
                : DataSplit.random(patients, 0, TEST_SHARE, random));
        return new Trial(stream, within ? Trial.within(split) : split, candidates());
    }

    private Tuned candidates() {
        List<TenMtl> candidates = IntStream.of(1, 2, 4, 8).boxed().flatMap(rank -> List.of(0.1, 0.03, 0.0).stream()
                .map(lasso -> options.apply(TenMtl.options().ranks(TuckerRanks.of(rank, rank)).lasso(lasso)))).toList();
        return new Tuned(TenMtl.KEY, TenMtl.options().name(), candidates, true);
    }

    /** The last rows by time for the test, the others to learn from. */
    private static TaskSplit later(Task patient) {
        Source clock = patient.blocks().keySet().stream().filter(source -> source.name().equals("time")).findFirst().orElseThrow();
        Block times = patient.blocks().get(clock);
        int[] order = IntStream.range(0, patient.size()).boxed().sorted(Comparator.comparingDouble(row -> times.get(row, 0)))
                .mapToInt(row -> row).toArray();
        int kept = order.length - (int) Math.round(TEST_SHARE * order.length);
        return new TaskSplit(patient, Arrays.copyOf(order, kept), new int[0], Arrays.copyOfRange(order, kept, order.length));
    }
}
