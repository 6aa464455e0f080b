package intarsia.cli.bits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The digests that every machine computes, kernels and threads as they may be: part of the program.
 *
 * @param digests the digest of each case, by its name
 */
public record BitsTable(Map<String, String> digests) {
    private static final String RESOURCE = "bits.txt";

    /** That of this version. */
    public static BitsTable read() {
        try (InputStream in = BitsTable.class.getResourceAsStream(RESOURCE)) {
            Map<String, String> digests = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int space = line.indexOf("  ");
                digests.put(line.substring(space + 2), line.substring(0, space));
            });
            return new BitsTable(digests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As text: a line for each case, as in {@code SHA256SUMS}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        digests.forEach((name, digest) -> text.append(digest).append("  ").append(name).append('\n'));
        return text.toString();
    }

    /** What stands for the whole table: the digest of its text. */
    public String digest() {
        return new Digest().add(text()).text();
    }

    /** The head of the digest, which is enough to tell tables apart. */
    public String brief() {
        return digest().substring(0, 12);
    }

    /** The names of cases that were not computed. */
    public List<String> leftOut(Map<String, String> computed) {
        return digests.keySet().stream().filter(name -> !computed.containsKey(name)).toList();
    }

    /** The names of cases of a part of the table whose digests are others. */
    public List<String> differing(Map<String, String> computed) {
        return computed.keySet().stream().filter(name -> !computed.get(name).equals(digests.get(name))).toList();
    }
}
