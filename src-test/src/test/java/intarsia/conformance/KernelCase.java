package intarsia.conformance;

import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import intarsia.linalg.Precision;
import intarsia.linalg.View;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One row of the conformance table: a kernel with its operands at any size, and what it must leave in them.
 *
 * @param kernel    the method of {@link Kernels} that is proven
 * @param name      what is special about this row
 * @param operands  the operands at a size
 * @param binder    binds the kernel to views of the operands
 * @param formula   does the same to plain arrays, independently
 * @param tolerance how far a result may be from the formula's at a size
 */
record KernelCase(String kernel, String name, IntFunction<List<Operand>> operands, Binder binder, Formula formula,
        IntFunction<Tolerance> tolerance) {
    /** Binds a kernel to its operands. */
    interface Binder {
        Command bind(Kernels kernels, List<View> operands);
    }

    /** Replaces the numbers of every operand that the kernel writes, given all of them row by row. */
    interface Formula {
        void apply(List<Operand> operands, double[][] numbers, Precision precision);
    }

    /** What numbers an operand begins with. */
    enum Values {
        /** Between -1 and 1. */
        UNIT,
        /** Zeros, infinities, NaN, subnormal, tiny and huge numbers among ordinary ones. */
        SPECIAL
    }

    /** A matrix with such numbers. */
    record Operand(int rows, int columns, Values values) {
        static Operand unit(int rows, int columns) {
            return new Operand(rows, columns, Values.UNIT);
        }

        static Operand special(int rows, int columns) {
            return new Operand(rows, columns, Values.SPECIAL);
        }
    }

    /**
     * How far a result may be from the expected number.
     *
     * @param relative in units of the precision's epsilon and the expected number
     * @param absolute in units of the precision's epsilon
     */
    record Tolerance(double relative, double absolute) {
        static final Tolerance EXACT = new Tolerance(0, 0);

        boolean allows(double expected, double actual, Precision precision) {
            if (Double.isNaN(expected) || Double.isInfinite(expected)) {
                return Double.compare(expected, actual) == 0;
            }
            double subnormal = precision == Precision.F64 ? Double.MIN_VALUE : Float.MIN_VALUE;
            double slack = precision.epsilon() * (relative * Math.abs(expected) + absolute) + (relative > 0 ? relative * subnormal : 0);
            return Math.abs(actual - expected) <= slack;
        }
    }

    @Override
    public String toString() {
        return kernel + " " + name;
    }
}
