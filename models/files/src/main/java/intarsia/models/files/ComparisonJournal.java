package intarsia.models.files;

import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Evaluation;
import intarsia.models.explanation.RowChange;
import intarsia.models.response.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison has done so far, kept in a hidden file beside the folder that will be written, so that a fit that is stopped or killed
 * is resumed by the same command. The file is begun with the first evaluation. Its name holds a digest of the terms: other data, options
 * or another seed begin another file.
 */
public final class ComparisonJournal implements AutoCloseable {
    private static final int DIGITS = 12;

    private static final String MARK = ".fit-";

    private final Path target;
    private final Path file;
    private final String terms;
    private final Map<Key, Evaluation> known = new HashMap<>();
    private Journal journal;

    private record Key(int repeat, String estimator) {}

    /** An evaluation as it is written: figures as text, since JSON has no word for NaN; predictions by their bits. */
    private record Line(int repeat, String estimator, Map<String, String> chosen, String note, double seconds, List<Figure> figures,
            List<Rows> heldOut) {
        record Figure(String task, Metric metric, String value) {}

        record Rows(String task, int[] rows, byte[] predicted, byte[] deviations, List<Changed> changed) {
            static Rows of(Evaluation.HeldOut of) {
                return new Rows(of.task(), of.rows(), bits(of.predicted()), bits(of.deviations()),
                        of.changed().stream().map(Changed::of).toList());
            }

            Evaluation.HeldOut heldOut() {
                return new Evaluation.HeldOut(task, rows, numbers(predicted), numbers(deviations),
                        changed.stream().map(Changed::changed).toList());
            }
        }

        record Changed(RowChange change, byte[] predicted) {
            static Changed of(Evaluation.Changed of) {
                return new Changed(of.change(), bits(of.predicted()));
            }

            Evaluation.Changed changed() {
                return new Evaluation.Changed(change, numbers(predicted));
            }
        }

        private static byte[] bits(double[] numbers) {
            ByteBuffer bits = ByteBuffer.allocate(Double.BYTES * numbers.length);
            bits.asDoubleBuffer().put(numbers);
            return bits.array();
        }

        private static double[] numbers(byte[] bits) {
            double[] numbers = new double[bits.length / Double.BYTES];
            ByteBuffer.wrap(bits).asDoubleBuffer().get(numbers);
            return numbers;
        }

        static Line of(Evaluation evaluation) {
            return new Line(evaluation.repeat(), evaluation.estimator(), evaluation.chosen(), evaluation.note(), evaluation.seconds(),
                    evaluation.scores().stream().map(score -> new Figure(score.task(), score.metric(), Double.toString(score.value())))
                            .toList(), evaluation.heldOut().stream().map(Rows::of).toList());
        }

        Evaluation evaluation() {
            return new Evaluation(repeat, estimator, chosen, note, seconds, figures.stream().map(figure ->
                    new Comparison.Score(repeat, estimator, figure.task, figure.metric, Double.parseDouble(figure.value))).toList(),
                    heldOut.stream().map(Rows::heldOut).toList());
        }
    }

    private ComparisonJournal(Path target, String terms) {
        this.target = target;
        this.terms = terms;
        this.file = Disk.hidden(target, MARK + Digests.sha256(terms.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS));
    }

    /**
     * What there is of a folder's.
     *
     * @param target the folder that will be written
     * @param terms  all that an evaluation depends on besides its split's number and its estimator
     * @throws FileException if it is damaged, or another process is at work on the same fit
     */
    public static ComparisonJournal of(Path target, String terms) {
        ComparisonJournal of = new ComparisonJournal(target.toAbsolutePath().normalize(), terms);
        if (Files.exists(of.file)) {
            for (String line : of.journal().lines()) {
                Evaluation evaluation = of.evaluation(line);
                of.known.put(new Key(evaluation.repeat(), evaluation.estimator()), evaluation);
            }
        }
        return of;
    }

    private Journal journal() {
        if (journal == null) {
            journal = new Journal(file, terms, "fit");
        }
        return journal;
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** How many evaluations it holds. */
    public int size() {
        return known.size();
    }

    /** What it holds of an estimator on a split; null if nothing. */
    public Evaluation known(int repeat, String estimator) {
        return known.get(new Key(repeat, estimator));
    }

    /** An evaluation as it is written, one line. */
    public static String line(Evaluation evaluation) {
        return Json.line(Line.of(evaluation));
    }

    /** Another evaluation is done: on the disk when this returns. */
    public void add(Evaluation evaluation) {
        add(line(evaluation));
    }

    /** The same of one that another process has written. */
    public void add(String line) {
        Evaluation evaluation = evaluation(line);
        journal().add(line);
        known.put(new Key(evaluation.repeat(), evaluation.estimator()), evaluation);
    }

    private Evaluation evaluation(String line) {
        return Json.read(file, line.getBytes(StandardCharsets.UTF_8), Line.class).evaluation();
    }

    /** Takes it away, and those that fits of other terms left for the same folder: what they hold is needed no longer. */
    public void delete() {
        close();
        String prefix = Disk.hidden(target, MARK).getFileName().toString();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(Disk.parent(target), path ->
                path.getFileName().toString().startsWith(prefix))) {
            for (Path path : left) {
                if (!Journal.inUse(path)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw FileException.notWritten(file, e);
        }
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
            journal = null;
        }
    }
}
