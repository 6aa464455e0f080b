package intarsia.linalg;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers that belong to a piece of work, not to a thread: a stream is derived from a seed and a path such as
 * {@code replicate/3/task/2/init}, so that the same work draws the same numbers wherever and whenever it runs.
 *
 * <p>The generator is xoshiro256** (Blackman &amp; Vigna 2018), its state filled by SplitMix64 from the seed and an FNV-1a hash of the
 * path. Gaussian numbers come from Marsaglia's polar method over {@link StrictMath}: the same bits on every platform. Not safe for use by
 * two threads at once; give each piece of work its own {@link #child stream}.
 *
 * {@snippet class="intarsia.tutorial.CorrectnessTutorial" region="streams"}
 */
public final class RandomStream {
    private final long seed;
    private final String path;
    private long s0;
    private long s1;
    private long s2;
    private long s3;
    private double spareGaussian;
    private boolean hasSpareGaussian;

    private RandomStream(long seed, String path) {
        this.seed = seed;
        this.path = path;
        long state = mix(seed) ^ hash(path);
        s0 = mix(state += 0x9E3779B97F4A7C15L);
        s1 = mix(state += 0x9E3779B97F4A7C15L);
        s2 = mix(state += 0x9E3779B97F4A7C15L);
        s3 = mix(state + 0x9E3779B97F4A7C15L);
    }

    /** The stream of a seed, at the empty path. */
    public static RandomStream of(long seed) {
        return new RandomStream(seed, "");
    }

    /** The stream of a seed at a path. */
    public static RandomStream of(long seed, String path) {
        return new RandomStream(seed, path);
    }

    /** A fresh stream at this stream's path extended by {@code /name}; independent of what was drawn from this one. */
    public RandomStream child(String name) {
        return new RandomStream(seed, path.isEmpty() ? name : path + "/" + name);
    }

    /** A fresh stream for the index-th of several like pieces of work. */
    public RandomStream child(String name, int index) {
        return child(name + "/" + index);
    }

    /** The seed this stream was derived from. */
    public long seed() {
        return seed;
    }

    /** The path this stream was derived from. */
    public String path() {
        return path;
    }

    /** 64 random bits. */
    public long nextLong() {
        long result = Long.rotateLeft(s1 * 5, 7) * 9;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Uniform in [low, high). */
    public double nextDouble(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** Uniform in 0..bound-1, without bias. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound + " must be positive");
        }
        long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
        long bits = nextLong() >>> 1;
        while (bits >= limit) {
            bits = nextLong() >>> 1;
        }
        return (int) (bits % bound);
    }

    /** Standard normal. */
    public double nextGaussian() {
        if (hasSpareGaussian) {
            hasSpareGaussian = false;
            return spareGaussian;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double scale = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        spareGaussian = v * scale;
        hasSpareGaussian = true;
        return u * scale;
    }

    /** The numbers 0..n-1 in random order (Fisher-Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        shuffle(order);
        return order;
    }

    /** Puts the entries in random order, in place (Fisher-Yates); allocates nothing. */
    public void shuffle(int[] entries) {
        for (int i = entries.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swap = entries[i];
            entries[i] = entries[j];
            entries[j] = swap;
        }
    }

    @Override
    public String toString() {
        return seed + "/" + path;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long hash(String path) {
        long h = 0xCBF29CE484222325L;
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return h;
    }
}
