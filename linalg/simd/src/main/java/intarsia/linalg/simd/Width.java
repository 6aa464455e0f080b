package intarsia.linalg.simd;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * How wide a vector is in this process, fixed when the class loads, because the compiler needs it constant: the system property
 * {@code intarsia.simd.width} (128, 256 or 512), or else what the hardware prefers, at most 512. A width that the hardware lacks works,
 * very slowly; results have the same bits at every width.
 */
final class Width {
    private Width() {}

    static final String PROPERTY = "intarsia.simd.width";

    private static final VectorShape SHAPE = shape(System.getProperty(PROPERTY));

    static final VectorSpecies<Double> F64 = SHAPE.withLanes(double.class);
    static final VectorSpecies<Float> F32 = SHAPE.withLanes(float.class);

    /** The shape that a value of the property asks for; null asks for what the hardware prefers. */
    static VectorShape shape(String bits) {
        VectorShape preferred = VectorShape.preferredShape();
        return switch (bits) {
            case null -> preferred.vectorBitSize() > 512 ? VectorShape.S_512_BIT : preferred;
            case "128" -> VectorShape.S_128_BIT;
            case "256" -> VectorShape.S_256_BIT;
            case "512" -> VectorShape.S_512_BIT;
            default -> throw new IllegalArgumentException("-D" + PROPERTY + "=" + bits
                    + ": a vector has 128, 256 or 512 bits; leave the property out for what the hardware prefers (here "
                    + preferred.vectorBitSize() + ")");
        };
    }
}
