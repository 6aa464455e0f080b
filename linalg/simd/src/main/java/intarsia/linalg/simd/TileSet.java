package intarsia.linalg.simd;

/** Which tiles a product needs; they are compiled, and found warm, together. */
enum TileSet {
    /** Those of whole stripes alone. */
    STRIPES,
    /** Those for columns that fill no stripe, too. */
    OVERLAPS,
    /** Those for no more columns than a vector has, or for few registers. */
    EDGES
}
