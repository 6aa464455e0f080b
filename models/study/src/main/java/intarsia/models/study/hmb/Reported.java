package intarsia.models.study.hmb;

import intarsia.models.Estimator;
import intarsia.models.study.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A mean that others reported for a cell of a study.
 *
 * @param setting    the setting's key
 * @param value      where in the setting
 * @param method     the method's key
 * @param source     who reported it: the paper (tables 2 to 9), the authors' released notebooks, or their code run on a machine like ours
 * @param mean       mean over replicates; the paper's of RMSE, the others' of means of batch RMSEs
 * @param sd         standard deviation over replicates; NaN if not given
 * @param replicates how many
 */
public record Reported(String setting, double value, String method, String source, double mean, double sd, int replicates) {
    /** The source of tables 2 to 9. */
    public static final String PAPER = "paper";

    /** The source of the released notebooks. */
    public static final String RELEASED = "released";

    private static final List<Reported> ALL = read();

    /** All numbers known. */
    public static List<Reported> all() {
        return ALL;
    }

    /** What a source says of a cell; of a method in both readings the same. */
    public static Optional<Reported> find(Setting<?> setting, double value, Estimator method, String source) {
        String key = method.key().replace("-" + RELEASED, "");
        return ALL.stream().filter(r -> r.setting.equals(setting.key()) && r.value == value && r.method.equals(key)
                && r.source.equals(source)).findFirst();
    }

    private static List<Reported> read() {
        try (InputStream in = Reported.class.getResourceAsStream("reported.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(line -> of(line.split(",", -1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reported of(String[] cells) {
        return new Reported(cells[0], Double.parseDouble(cells[1]), cells[2], cells[3], Double.parseDouble(cells[4]),
                cells[5].isEmpty() ? Double.NaN : Double.parseDouble(cells[5]), Integer.parseInt(cells[6]));
    }
}
