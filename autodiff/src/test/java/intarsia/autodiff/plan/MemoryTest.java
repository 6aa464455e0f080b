package intarsia.autodiff.plan;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Buffer;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private final Engine engine = Engine.options().kernels("scalar").open();

    @AfterEach
    void close() {
        engine.close();
    }

    private static Value numbers(int size) {
        return Value.whole(new Storage(size), 1, size);
    }

    private static Instruction instruction(Value writes, Value reuse, Value... reads) {
        return new Instruction("", List.of(reads), writes, reuse, 0, null);
    }

    private Buffer layOut(List<Instruction> instructions, Value... pinned) {
        return Memory.layOut(engine.kernels(), instructions, List.of(pinned).stream().map(Value::storage).toList());
    }

    private static boolean meet(Value a, Value b) {
        return a.storage().offset() < b.storage().offset() + b.size() && b.storage().offset() < a.storage().offset() + a.size();
    }

    @Test
    void aChainOfResultsTakesTurnsInTwoPlaces() {
        List<Instruction> instructions = new ArrayList<>();
        Value last = numbers(20);
        instructions.add(instruction(last, null));
        for (int i = 0; i < 10; i++) {
            Value next = numbers(20);
            instructions.add(instruction(next, null, last));
            last = next;
        }
        // 20 numbers, and room up to the next cache line
        assertThat(layOut(instructions, last).size()).isEqualTo(2 * 32);
    }

    @Test
    void aResultTakesThePlaceOfAnOperandThatIsReadForTheLastTime() {
        Value a = numbers(32);
        Value b = numbers(32);
        Value c = numbers(32);
        List<Instruction> instructions = List.of(instruction(a, null), instruction(b, a, a), instruction(c, b, b));
        assertThat(layOut(instructions, c).size()).isEqualTo(32);
        assertThat(a.samePlace(b) && b.samePlace(c)).isTrue();
    }

    @Test
    void anOperandThatIsStillNeededKeepsItsPlace() {
        Value a = numbers(32);
        // read later; read twice at once; an output; another size; another part
        Value b = numbers(32);
        assertThat(layOut(List.of(instruction(a, null), instruction(b, a, a), instruction(numbers(1), null, a)), b).size())
                .isEqualTo(64 + 16);
        Value c = numbers(32);
        Value d = numbers(32);
        assertThat(layOut(List.of(instruction(c, null), instruction(d, c, c, c)), d).size()).isEqualTo(64);
        Value e = numbers(32);
        Value f = numbers(32);
        assertThat(layOut(List.of(instruction(e, null), instruction(f, e, e)), e, f).size()).isEqualTo(64);
        Value g = numbers(32);
        Value h = numbers(16);
        assertThat(layOut(List.of(instruction(g, null), instruction(h, g, g)), h).size()).isEqualTo(48);
        Value i = numbers(16);
        Value whole = numbers(32);
        Value part = whole.columns(16, 32);
        assertThat(layOut(List.of(instruction(whole, null), instruction(i, part, part)), i).size()).isEqualTo(48);
    }

    /** The holes that 64 and 32 numbers leave with something between them: the smaller one is taken for 16, the rest of it for 16 more. */
    @Test
    void theSmallestHoleThatFitsIsTaken() {
        Value large = numbers(64);
        Value between = numbers(16);
        Value small = numbers(32);
        Value end = numbers(16);
        Value first = numbers(16);
        Value second = numbers(16);
        Value third = numbers(64);
        Buffer arena = layOut(List.of(instruction(large, null), instruction(between, null), instruction(small, null),
                instruction(end, null, large, small), instruction(first, null), instruction(second, null), instruction(third, null)),
                between, end, first, second, third);
        assertThat(arena.size()).isEqualTo(64 + 16 + 32 + 16);
        assertThat(third.samePlace(large)).isTrue();
        assertThat(small.storage().offset()).isEqualTo(Math.min(first.storage().offset(), second.storage().offset()));
    }

    @Test
    void neighboringHolesBecomeOne() {
        for (int[] order : new int[][] {{0, 1, 2}, {2, 1, 0}, {0, 2, 1}, {1, 0, 2}}) {
            List<Value> parts = IntStream.range(0, 3).mapToObj(i -> numbers(32)).toList();
            Value end = numbers(16);
            Value whole = numbers(96);
            List<Instruction> instructions = new ArrayList<>();
            parts.forEach(part -> instructions.add(instruction(part, null)));
            instructions.add(instruction(end, null));
            Value given = Value.whole(new Storage(engine.kernels().allocate(1), 0, 1), 1, 1);
            for (int i : order) {
                instructions.add(instruction(given, null, parts.get(i)));
            }
            instructions.add(instruction(whole, null));
            assertThat(layOut(instructions, end, whole).size()).isEqualTo(96 + 16);
        }
    }

    @Test
    void livesThatMeetNeverShareNumbers() {
        RandomStream random = RandomStream.of(1, "memory");
        for (int trial = 0; trial < 300; trial++) {
            List<Value> values = new ArrayList<>(List.of(numbers(1 + random.nextInt(70))));
            List<Instruction> instructions = new ArrayList<>(List.of(instruction(values.getFirst(), null)));
            for (int i = 1; i < 25; i++) {
                Value from = values.get(random.nextInt(values.size()));
                Value other = values.get(random.nextInt(values.size()));
                Value to = numbers(random.nextInt(2) == 0 ? from.size() : 1 + random.nextInt(70));
                instructions.add(instruction(to, from, from, other));
                values.add(to);
            }
            Value pinned = values.get(random.nextInt(values.size()));
            int size = layOut(instructions, pinned).size();
            int[] last = new int[values.size()];
            for (int i = 0; i < values.size(); i++) {
                Value value = values.get(i);
                last[i] = value == pinned ? Integer.MAX_VALUE : i;
                for (int k = i; k < instructions.size(); k++) {
                    last[i] = instructions.get(k).reads().contains(value) ? Math.max(last[i], k) : last[i];
                }
                assertThat(value.storage().offset() % 16).isZero();
                assertThat(value.storage().offset() + value.size()).isLessThanOrEqualTo(size);
            }
            for (int i = 0; i < values.size(); i++) {
                for (int k = i + 1; k < values.size(); k++) {
                    // value k is written by instruction k: what is read there for the last time may give its whole place
                    boolean handedOver = last[i] == k && instructions.get(k).reuse() == values.get(i)
                            && instructions.get(k).reads().indexOf(values.get(i)) == instructions.get(k).reads().lastIndexOf(values.get(i))
                            && values.get(i).samePlace(values.get(k));
                    assertThat(meet(values.get(i), values.get(k)) && last[i] >= k && !handedOver)
                            .as("%d: %d and %d", trial, i, k).isFalse();
                }
            }
        }
    }
}
