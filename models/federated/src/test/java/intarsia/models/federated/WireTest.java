package intarsia.models.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.tenmtl.SharedQuestion;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages come back as they were; whatever else the bytes are, it is one error and no memory. */
class WireTest {
    private static final SharedQuestion.Shared SHARED = new SharedQuestion.Shared(Tensor.of(Shape.of(2, 2), 1.0, 2.0, 3.0, 4.0),
            List.of(Tensor.of(Shape.of(3, 2), 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)));
    private static final SharedQuestion.Settlement SETTLEMENT = new SharedQuestion.Settlement(true, new double[] {1, 0.5});
    private static final List<SharedQuestion> QUESTIONS = List.of(new SharedQuestion.Magnitudes(3),
            new SharedQuestion.Totals(new int[] {1, -7}), new SharedQuestion.Deviations(new int[] {1, 2}, new double[] {0.5}),
            new SharedQuestion.Scales(new double[] {1}, new double[] {2}, 3), new SharedQuestion.Extent(),
            new SharedQuestion.Noise(2, new double[] {1, 0.5}), new SharedQuestion.LocalMean(0.1, 4),
            new SharedQuestion.LocalSpread(0.1, new double[] {1, 2}),
            new SharedQuestion.Start(0.5, 0.1, new double[3], Tensor.zeros(3, 1), SHARED), new SharedQuestion.Step(SETTLEMENT, SHARED),
            new SharedQuestion.Curvature(SETTLEMENT, SHARED, 1, 2, 4),
            new SharedQuestion.Trial(SETTLEMENT, SHARED, 0, 0, new double[] {1, 2}, new double[] {1, 0.5}),
            new SharedQuestion.Movement(SETTLEMENT, SHARED), new SharedQuestion.Conditions(SETTLEMENT, SHARED, 1));

    @Test
    void questionsComeBackToTheByte() {
        for (SharedQuestion question : QUESTIONS) {
            byte[] bytes = QuestionFormat.write(question);
            SharedQuestion read = QuestionFormat.read(bytes);
            assertThat(read.getClass()).isEqualTo(question.getClass());
            assertThat(QuestionFormat.write(read)).isEqualTo(bytes);
            assertThat(read.answerLength()).isEqualTo(question.answerLength());
        }
        TenMtl options = TenMtl.options().form(new TensorForm(List.of(List.of("x"), List.of("z")), Map.of("age", List.of(1.0, 2.0))))
                .lasso(0.1).withoutPrior().withoutCommon();
        TenMtl read = WireReader.read(QuestionFormat.options(new WireWriter(), options).bytes(), "options", QuestionFormat::options);
        assertThat(read).isEqualTo(options);
    }

    @Test
    void whatIsNoMessageIsOneError() {
        Random random = new Random(1);
        for (SharedQuestion question : QUESTIONS) {
            byte[] bytes = QuestionFormat.write(question);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> QuestionFormat.read(cut)).isInstanceOf(FederationException.class);
            }
            assertThatThrownBy(() -> QuestionFormat.read(Arrays.copyOf(bytes, bytes.length + 1))).hasMessageContaining("1 bytes too many");
            byte[] newer = ByteBuffer.wrap(bytes.clone()).putInt(0, 2).array();
            assertThatThrownBy(() -> QuestionFormat.read(newer)).hasMessageContaining("is of format 2, this program's is 1");
            for (int trial = 0; trial < 300; trial++) {
                byte[] changed = bytes.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                try {
                    QuestionFormat.read(changed);
                } catch (FederationException e) {
                    assertThat(e.getMessage().lines()).hasSize(1);
                }
            }
        }
        byte[] huge = new WireWriter().number(2).number(Integer.MAX_VALUE).bytes();
        assertThatThrownBy(() -> QuestionFormat.read(huge)).hasMessageContaining("2147483647 numbers");
    }
}
