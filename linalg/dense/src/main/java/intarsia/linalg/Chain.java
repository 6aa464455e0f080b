package intarsia.linalg;

import java.util.List;

/**
 * Elementwise operations fused into one pass: a small straight-line program over registers. Registers 0 to {@code inputs - 1} hold the
 * operands, register {@code inputs + i} the result of step i. The CPU walks it block by block in cache, a GPU turns it into source.
 *
 * @param inputs  how many operands there are
 * @param steps   what is computed, in order; a step reads earlier registers only
 * @param outputs the registers that are written out, in order
 */
public record Chain(int inputs, List<Step> steps, List<Integer> outputs) {
    /** Copies the lists and checks that every register read exists by then. */
    public Chain {
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
        for (int i = 0; i < steps.size(); i++) {
            int known = inputs + i;
            boolean fits = switch (steps.get(i)) {
                case Map(var f, int x) -> x >= 0 && x < known;
                case Zip(var f, int x, int y) -> x >= 0 && x < known && y >= 0 && y < known;
                case Affine(double scale, double shift, int x) -> x >= 0 && x < known;
            };
            if (!fits) {
                throw new IllegalArgumentException("chain: step " + i + ", " + steps.get(i) + ", reads a register not yet computed");
            }
        }
        for (int output : outputs) {
            if (output < inputs || output >= inputs + steps.size()) {
                throw new IllegalArgumentException("chain: output " + output + " is not the result of a step");
            }
        }
    }

    /** One elementwise operation. */
    public sealed interface Step {}

    /** {@code f(x)}. */
    public record Map(Unary f, int x) implements Step {}

    /** {@code f(x, y)}. */
    public record Zip(Binary f, int x, int y) implements Step {}

    /** {@code scale * x + shift}, rounded once (a fused multiply-add). */
    public record Affine(double scale, double shift, int x) implements Step {}

    /** The chain of a single function of one operand. */
    public static Chain of(Unary f) {
        return new Chain(1, List.of(new Map(f, 0)), List.of(1));
    }

    /** The chain of a single function of two operands. */
    public static Chain of(Binary f) {
        return new Chain(2, List.of(new Zip(f, 0, 1)), List.of(2));
    }

    /** The chain {@code scale * x + shift}. */
    public static Chain affine(double scale, double shift) {
        return new Chain(1, List.of(new Affine(scale, shift, 0)), List.of(1));
    }
}
