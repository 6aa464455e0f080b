package intarsia.bench.peers;

/** Doubles as floats. */
final class Floats {
    private Floats() {}

    static float[] of(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
