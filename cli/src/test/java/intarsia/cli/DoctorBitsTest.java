package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.cli.bits.BitsTable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** doctor --bits: a receipt, or what differs. */
class DoctorBitsTest {
    @Test
    void printsAReceipt() {
        Program program = new Program();
        assertThat(program.run("doctor", "--bits", "--threads", "2")).as(program.out.toString()).isZero();
        int cases = BitsTable.read().digests().size();
        assertThat(program.out.toString()).contains("bits       " + cases + " of " + cases + " cases as everywhere")
                .contains("receipt    " + BitsTable.read().digest()).doesNotContain("left out");
    }

    @Test
    void namesWhatIsLeftOut() {
        BitsTable table = BitsTable.read();
        Map<String, String> computed = new LinkedHashMap<>(table.digests());
        assertThat(table.leftOut(computed)).isEmpty();
        computed.remove("op F64 factorization");
        assertThat(table.leftOut(computed)).containsExactly("op F64 factorization");
        assertThat(table.differing(computed)).isEmpty();
    }

    @Test
    void namesWhatDiffers() {
        BitsTable table = BitsTable.read();
        Map<String, String> computed = new LinkedHashMap<>(table.digests());
        assertThat(table.differing(computed)).isEmpty();
        computed.put("kernel F64 exp", "0".repeat(64));
        computed.put("kernel F64 new", "0".repeat(64));
        assertThat(table.differing(computed)).containsExactly("kernel F64 exp", "kernel F64 new");
        assertThat(new BitsTable(computed).digest()).isNotEqualTo(table.digest()).hasSize(64);
    }
}
