package intarsia.conformance;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.hmb.Variant;
import intarsia.models.net.Training;
import intarsia.models.simulation.BlockMissing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Trains MTL-HMB on simulated data, in both precisions and both variants, and prints a digest of every weight learned. Arguments: threads,
 * rows a task, width, epochs.
 */
final class TrainingBits {
    private TrainingBits() {}

    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        int threads = Integer.parseInt(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        int width = Integer.parseInt(arguments[2]);
        int epochs = Integer.parseInt(arguments[3]);
        var drawn = new BlockMissing(List.of(rows, rows + 7), 2 * width - 3, List.of(7, 5), List.of(0.95, 0.8), List.of(0.1, 0.1), 0.3,
                false, true)
                .draw(RandomStream.of(1));
        DataSplit split = DataSplit.random(drawn.data(), 0.2, 0.2, RandomStream.of(2));
        for (Precision precision : Precision.values()) {
            for (Variant variant : Variant.values()) {
                Training training = Training.DEFAULT.epochs(epochs);
                MtlHmb options = MtlHmb.published().variant(variant).width(width).depth(2).penalties(0.01, 0.1, 0.1)
                        .imputer(new MtlHmb.Imputer(width, 2, variant == Variant.RELEASED ? 1 : 0, training)).training(training);
                try (Engine engine = Engine.options().precision(precision).threads(threads).open()) {
                    System.err.println(engine.describe());
                    MtlHmbModel model = options.fit(new FitContext(engine, split, RandomStream.of(3), Progress.NONE)).orThrow();
                    System.out.println(precision + " " + variant + ": " + digest(model));
                }
            }
        }
    }

    private static String digest(MtlHmbModel model) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        model.weights().tensors().forEach((name, weight) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes(weight));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] bytes(Tensor weight) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * weight.size());
        for (double v : weight.toDoubles()) {
            bytes.putDouble(v);
        }
        return bytes.array();
    }
}
