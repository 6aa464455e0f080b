package intarsia.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of a vector in this process, fixed when the class loads, because the compiler needs a constant: the system property {@code
 * intarsia.simd.width} (128, 256 or 512), or else the hardware's preferred width. A width the hardware lacks works, slowly; results have
 * the same bits at every width.
 */
final class Width {
    private Width() {}

    static final String PROPERTY = "intarsia.simd.width";

    private static final VectorShape SHAPE = shape(System.getProperty(PROPERTY));

    /** Whether one instruction selects from two vectors (AVX-512). */
    static final boolean SELECTS = Math.max(SHAPE.vectorBitSize(), VectorShape.preferredShape().vectorBitSize()) >= 512;
    /** Whether there are 32 vector registers (AVX-512, Neon, SVE) and not 16. */
    static final boolean MANY_REGISTERS = SELECTS || "aarch64".equals(System.getProperty("os.arch"));

    static final VectorSpecies<Double> F64 = SHAPE.withLanes(double.class);
    static final VectorSpecies<Float> F32 = SHAPE.withLanes(float.class);
    /** Vectors of half and a quarter of the width, but of four lanes at least if there are as many: shorter ones gain nothing. */
    static final VectorSpecies<Double> HALF64 = part(2, 256).withLanes(double.class);
    static final VectorSpecies<Float> HALF32 = part(2, 128).withLanes(float.class);
    static final VectorSpecies<Double> QUARTER64 = part(4, 256).withLanes(double.class);
    static final VectorSpecies<Float> QUARTER32 = part(4, 128).withLanes(float.class);
    /** Four numbers, whatever the width. */
    static final VectorSpecies<Double> QUAD64 = DoubleVector.SPECIES_256;
    static final VectorSpecies<Float> QUAD32 = FloatVector.SPECIES_128;
    static final VectorSpecies<Long> I64 = SHAPE.withLanes(long.class);
    static final VectorSpecies<Integer> I32 = SHAPE.withLanes(int.class);

    /** Bits in a vector. */
    static int bits() {
        return SHAPE.vectorBitSize();
    }

    private static VectorShape part(int divisor, int least) {
        return VectorShape.forBitSize(Math.min(SHAPE.vectorBitSize(), Math.max(least, SHAPE.vectorBitSize() / divisor)));
    }

    /** The shape for a value of the property; null means the hardware's preferred one. */
    static VectorShape shape(String bits) {
        if (bits == null) {
            VectorShape preferred = VectorShape.preferredShape();
            return preferred.vectorBitSize() > 512 ? VectorShape.S_512_BIT : preferred;
        }
        return switch (bits) {
            case "128" -> VectorShape.S_128_BIT;
            case "256" -> VectorShape.S_256_BIT;
            case "512" -> VectorShape.S_512_BIT;
            default -> throw new IllegalArgumentException("-D" + PROPERTY + "=" + bits
                    + ": a vector has 128, 256 or 512 bits; leave the property out for the hardware's own width, "
                    + VectorShape.preferredShape().vectorBitSize());
        };
    }
}
