package intarsia.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes a text by characters, words and lines.
 *
 * @param words what is put in: pieces of the text's language and cells that are hard to read
 */
record TextMutator(List<String> words) implements Mutator {
    /** What stands between two signs: a cell, a key, a value. */
    private static final Pattern WORD = Pattern.compile("[^,;=\\[\\]{}\"\\s]+");

    @Override
    public String mutate(String input, RandomGenerator random) {
        int from = random.nextInt(input.length() + 1);
        int to = Math.min(input.length(), from + 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 3));
        return switch (random.nextInt(11)) {
            case 0 -> input.substring(0, from) + input.substring(to);
            case 1 -> input.substring(0, to) + input.substring(from);
            case 2 -> input.substring(0, from) + (char) random.nextInt(random.nextInt(4) == 0 ? 0x10000 : 0x80) + input.substring(to);
            case 3, 4 -> input.substring(0, from) + word(random) + input.substring(from);
            case 5, 6, 7 -> replaceWord(input, random);
            case 8 -> random.nextInt(8) == 0 ? input.substring(0, from) : input;
            default -> changeLines(input, random);
        };
    }

    private String word(RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }

    private String replaceWord(String input, RandomGenerator random) {
        List<MatchResult> found = WORD.matcher(input).results().toList();
        if (found.isEmpty()) {
            return input;
        }
        MatchResult at = found.get(random.nextInt(found.size()));
        String other = random.nextInt(4) == 0 ? found.get(random.nextInt(found.size())).group() : word(random);
        return input.substring(0, at.start()) + other + input.substring(at.end());
    }

    private static String changeLines(String input, RandomGenerator random) {
        List<String> lines = new ArrayList<>(List.of(input.split("(?<=\n)", -1)));
        int one = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(one);
            case 1 -> lines.add(other, lines.get(one));
            case 2 -> Collections.swap(lines, one, other);
            default -> {
                String end = List.of("\r\n", "\r", "\n\n", "").get(random.nextInt(4));
                return lines.stream().map(line -> line.replace("\n", end)).collect(Collectors.joining());
            }
        }
        return String.join("", lines);
    }
}
