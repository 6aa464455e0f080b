package intarsia.models.study;

import intarsia.linalg.RandomStream;
import java.util.stream.IntStream;

/**
 * One of several shares of a study's items, each done by a process of its own, on whatever machine: number 3 of 20. Items are dealt out in
 * a random order, the same every time, so that shares take about as long as one another.
 *
 * @param number from 1
 * @param of     how many there are
 */
public record Shard(int number, int of) {
    /** All items. */
    public static final Shard WHOLE = new Shard(1, 1);

    /** Checks both. */
    public Shard {
        if (number < 1 || number > of) {
            throw new IllegalArgumentException("shard " + number + "/" + of + ": must be from 1/" + Math.max(1, of) + " to "
                    + Math.max(1, of) + "/" + Math.max(1, of));
        }
    }

    /** The numbers of its items, in the order to be done. */
    int[] items(int count) {
        int[] dealt = RandomStream.of(of, "shards").permutation(count);
        return of == 1 ? IntStream.range(0, count).toArray()
                : IntStream.range(0, count).filter(i -> i % of == number - 1).map(i -> dealt[i]).sorted().toArray();
    }

    /** The name of its journal. */
    String journal() {
        return of == 1 ? StudyRunner.JOURNAL : "journal-" + number + "-of-" + of + ".txt";
    }

    /** Whether a file's name is that of a journal, of a whole study or of a share. */
    static boolean isJournal(String name) {
        return name.equals(StudyRunner.JOURNAL) || name.matches("journal-\\d+-of-\\d+\\.txt");
    }
}
