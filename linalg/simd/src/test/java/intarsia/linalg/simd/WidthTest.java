package intarsia.linalg.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Test;

class WidthTest {
    @Test
    void takesTheWidthAskedForOrTheHardwares() {
        assertThat(Width.shape("128")).isEqualTo(VectorShape.S_128_BIT);
        assertThat(Width.shape("256")).isEqualTo(VectorShape.S_256_BIT);
        assertThat(Width.shape("512")).isEqualTo(VectorShape.S_512_BIT);
        assertThat(Width.shape(null).vectorBitSize()).isEqualTo(Math.min(512, VectorShape.preferredShape().vectorBitSize()));
    }

    @Test
    void saysWhatAWidthCanBe() {
        assertThatThrownBy(() -> Width.shape("64")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-Dintarsia.simd.width=64: a vector has 128, 256 or 512 bits; leave the property out");
    }
}
