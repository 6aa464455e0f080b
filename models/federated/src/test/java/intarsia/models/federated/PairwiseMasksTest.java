package intarsia.models.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import intarsia.models.tenmtl.ExactSum;
import intarsia.models.tenmtl.SharedQuestion;
import intarsia.models.tenmtl.StudyParticipant;
import intarsia.models.tenmtl.TenMtl;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Masks cancel in the sum and hide what is in an answer; without them an answer tells rows. */
class PairwiseMasksTest {
    private static final byte[] FIT = new byte[16];

    private static Map<String, PairwiseMasks> masks(int epoch, String... names) {
        Map<String, KeyPair> keys = new TreeMap<>();
        for (String name : names) {
            keys.put(name, PairwiseMasks.keyPair());
        }
        Map<String, PairwiseMasks> masks = new TreeMap<>();
        keys.forEach((name, own) -> {
            Map<String, byte[]> others = new HashMap<>();
            keys.forEach((other, pair) -> others.put(other, pair.getPublic().getEncoded()));
            others.remove(name);
            masks.put(name, new PairwiseMasks(name, own, FIT, epoch, others));
        });
        return masks;
    }

    private static byte[] asked(int... questions) {
        Transcript transcript = new Transcript(new byte[] {1});
        for (int question : questions) {
            transcript.add(new byte[] {(byte) question});
        }
        return transcript.digest();
    }

    private static ExactSum of(double... numbers) {
        ExactSum sum = new ExactSum(numbers.length);
        sum.add(numbers);
        return sum;
    }

    @Test
    void masksCancelInTheSumOnly() {
        Map<String, PairwiseMasks> masks = masks(1, "a", "b", "c", "d");
        ExactSum sum = new ExactSum(2);
        ExactSum plain = new ExactSum(2);
        int last = 0;
        for (PairwiseMasks each : masks.values()) {
            ExactSum answer = of(Math.PI * ++last, -1e-9 / last);
            plain.add(answer);
            ExactSum masked = answer.copy();
            each.mask(masked, asked(7));
            assertThat(masked).isNotEqualTo(answer);
            assertThat(sum).isNotEqualTo(plain);
            sum.add(masked);
        }
        assertThat(sum).isEqualTo(plain);
        // all but one say nothing of the last
        ExactSum others = of(1, 1);
        masks.get("a").mask(others, asked(7));
        ExactSum again = of(1, 1);
        masks.get("a").mask(again, asked(8));
        assertThat(again).isNotEqualTo(others);
    }

    /** A coordinator asks one node what it wants to know and the other what it knows the answer to: the sum is no answer. */
    @Test
    void masksOfNodesThatWereAskedDifferentThingsDoNotCancel() {
        Map<String, PairwiseMasks> masks = masks(1, "a", "b");
        for (byte[] other : List.of(asked(1, 3), asked(2, 1), asked(2), asked(1, 2, 2))) {
            ExactSum sum = of(0.25);
            masks.get("a").mask(sum, asked(1, 2));
            masks.get("b").mask(sum, other);
            assertThat(sum.high()[0]).isNotEqualTo(of(0.25).high()[0]);
        }
        ExactSum same = of(0.25);
        masks.get("a").mask(same, asked(1, 2));
        masks.get("b").mask(same, asked(1, 2));
        assertThat(same).isEqualTo(of(0.25));
    }

    /** Of 4,000 masked zeros each of the 128 bits is set in about half: within 5 standard deviations. */
    @Test
    void aMaskedAnswerLooksLikeRandomIntegers() {
        int n = 4000;
        ExactSum masked = new ExactSum(n);
        masks(3, "a", "b").get("a").mask(masked, asked(1));
        for (int bit = 0; bit < 64; bit++) {
            int at = bit;
            for (long[] words : List.of(masked.high(), masked.low())) {
                long set = IntStream.range(0, n).filter(k -> (words[k] >>> at & 1) == 1).count();
                assertThat((double) set).isCloseTo(n / 2.0, within(5 * Math.sqrt(n) / 2));
            }
        }
    }

    /**
     * A coordinator that sees the answers of a node with one individual of two rows: the totals are their sum, the curvature in numbers
     * whose features are the predictors is the product of their difference with itself. It has both rows.
     */
    @Test
    void answersOfOneNodeTellItsRows() {
        double[][] rows = {{3.25, -1.5, 40}, {2.5, 7, 41.5}};
        double[][] told = rowsTold(rows, null);
        for (int j = 0; j < 3; j++) {
            assertThat(Math.max(told[0][j], told[1][j])).isCloseTo(Math.max(rows[0][j], rows[1][j]), within(1e-12));
            assertThat(Math.min(told[0][j], told[1][j])).isCloseTo(Math.min(rows[0][j], rows[1][j]), within(1e-12));
        }
        // the first number is the larger in one row, and which others go with it is told, too
        int high = told[0][0] > told[1][0] ? 0 : 1;
        assertThat(told[high]).containsExactly(rows[0], within(1e-12));

        double[][] masked = rowsTold(rows, masks(1, "a", "b").get("a"));
        assertThat(Math.abs(masked[0][0]) + Math.abs(masked[1][0])).isGreaterThan(1e6);
    }

    private static double[][] rowsTold(double[][] rows, PairwiseMasks masks) {
        Source x = Source.of("x", "x0", "x1", "x2");
        Task task = Task.of("one", ResponseFamily.CONTINUOUS).rows(List.of("r0", "r1")).block(x, rows).response(1, 2);
        StudyParticipant node = new StudyParticipant(FederatedTasks.split(List.of(task)), TenMtl.options(),
                Map.of());
        double[] totals = asked(node, new SharedQuestion.Totals(new int[] {10, 10, 10}), masks, 1);
        double[] zeros = new double[3];
        asked(node, new SharedQuestion.Scales(zeros, new double[] {1, 1, 1}, 1), masks, 2);
        Tensor core = Tensor.of(Shape.of(2, 1), 1.0, 0.0);
        SharedQuestion.Shared shared = new SharedQuestion.Shared(core, List.of(Tensor.of(Shape.of(3, 1), 1.0, 0.0, 0.0)));
        asked(node, new SharedQuestion.Start(0, 0.1, zeros, Tensor.zeros(3, 1), shared), masks, 3);
        double[] curvature = asked(node, new SharedQuestion.Curvature(new SharedQuestion.Settlement(false, new double[] {1, 1}), shared, 1,
                0, 3), masks, 4);
        // d d' / 4, its lower triangle after the loss and three slopes
        double[] difference = new double[3];
        difference[0] = 2 * Math.sqrt(Math.abs(curvature[4]));
        difference[1] = 4 * curvature[5] / difference[0];
        difference[2] = 4 * curvature[7] / difference[0];
        double[][] told = new double[2][3];
        for (int j = 0; j < 3; j++) {
            double sum = 1024 * totals[2 * j + 1];
            told[0][j] = (sum + difference[j]) / 2;
            told[1][j] = (sum - difference[j]) / 2;
        }
        return told;
    }

    private static double[] asked(StudyParticipant node, SharedQuestion question, PairwiseMasks masks, int round) {
        ExactSum sum = new ExactSum(question.answerLength());
        node.answer(question, sum::add);
        if (masks != null) {
            masks.mask(sum, asked(round));
        }
        return sum.doubles();
    }
}
