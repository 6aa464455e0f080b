package intarsia.models.reduction;

import intarsia.autodiff.Node;
import intarsia.models.response.Classes;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The questions to be answered by yes or no that a response of levels becomes, and the way back from their probabilities. */
enum LevelQuestions {
    /** For each of K classes whether it is that one; probabilities are divided by their sum (Rifkin &amp; Klautau 2004). */
    ONE_AGAINST_OTHERS("one model for each class against the others; probabilities are divided by their sum") {
        @Override
        int count(int levels) {
            return levels;
        }

        @Override
        boolean yes(int level, int question) {
            return level == question;
        }

        @Override
        String label(List<String> levels, int question) {
            return levels.get(question) + " against the others";
        }

        @Override
        void levels(double[] yes, double[] levels, int to) {
            double sum = Arrays.stream(yes).sum();
            for (int k = 0; k < yes.length; k++) {
                levels[to + k] = sum == 0 ? 1.0 / yes.length : yes[k] / sum;
            }
        }

        @Override
        Node levels(List<Node> yes) {
            Node all = yes.getFirst().graph().concat(1, yes);
            Node sum = all.sum(1).reshape(all.shape().size(0), 1);
            Node none = sum.step().affine(-1, 1);
            return all.plus(none).dividedBy(sum.plus(none.times(yes.size())));
        }
    },

    /**
     * For each but the highest of K levels whether the response is above it (Frank &amp; Hall 2001). Probabilities that rise from a
     * threshold to the next are pooled: the nearest that do not, in squares. Differences are those of the levels.
     */
    ABOVE("one model for each threshold between levels; probabilities to be above them are made to fall") {
        @Override
        int count(int levels) {
            return levels - 1;
        }

        @Override
        boolean yes(int level, int question) {
            return level > question;
        }

        @Override
        String label(List<String> levels, int question) {
            return "above " + levels.get(question);
        }

        @Override
        void levels(double[] yes, double[] levels, int to) {
            double[] falling = falling(yes);
            double before = 1;
            for (int k = 0; k < falling.length; k++) {
                levels[to + k] = before - falling[k];
                before = falling[k];
            }
            levels[to + falling.length] = before;
        }

        /** Pooled numbers k are the least over i up to k of the largest over j from k of the means of numbers i to j. */
        @Override
        Node levels(List<Node> yes) {
            List<Node> falling = IntStream.range(0, yes.size()).mapToObj(k -> IntStream.rangeClosed(0, k).mapToObj(i ->
                    IntStream.range(k, yes.size()).mapToObj(j -> mean(yes.subList(i, j + 1))).reduce(Node::max).orElseThrow())
                    .reduce(Node::min).orElseThrow()).toList();
            List<Node> levels = new ArrayList<>(List.of(falling.getFirst().affine(-1, 1)));
            for (int k = 1; k < falling.size(); k++) {
                levels.add(falling.get(k - 1).minus(falling.get(k)));
            }
            levels.add(falling.getLast());
            return yes.getFirst().graph().concat(1, levels);
        }

        private static Node mean(List<Node> numbers) {
            return numbers.getFirst().graph().sum(numbers).times(1.0 / numbers.size());
        }
    };

    private final String words;

    LevelQuestions(String words) {
        this.words = words;
    }

    /** Those of a family; null if it has no levels. */
    static LevelQuestions of(ResponseFamily family) {
        return switch (family) {
            case Classes _ -> ONE_AGAINST_OTHERS;
            case Ordered _ -> ABOVE;
            default -> null;
        };
    }

    /** How many questions a family becomes. */
    static int count(ResponseFamily family) {
        return of(family).count(family.width());
    }

    /** What is asked of these families, for people; nothing of one with fewer questions. */
    static String label(Stream<ResponseFamily> families, int question) {
        return families.filter(family -> question < count(family)).map(family -> of(family).label(family.levels(), question)).distinct()
                .sorted().collect(Collectors.joining(", "));
    }

    /** What is done, for people. */
    String words() {
        return words;
    }

    /** How many questions so many levels become. */
    abstract int count(int levels);

    /** The answer for a row of a level. */
    abstract boolean yes(int level, int question);

    abstract String label(List<String> levels, int question);

    /** Writes the probability of each level from the probability of each yes. */
    abstract void levels(double[] yes, double[] levels, int to);

    /** Records the same of rows; each probability is rows x 1. */
    abstract Node levels(List<Node> yes);

    /** The nearest numbers that do not rise: neighbors that do are replaced by their mean (Ayer et al. 1955). */
    private static double[] falling(double[] numbers) {
        double[] means = new double[numbers.length];
        int[] sizes = new int[numbers.length];
        int pools = 0;
        for (double number : numbers) {
            means[pools] = number;
            sizes[pools++] = 1;
            while (pools > 1 && means[pools - 1] > means[pools - 2]) {
                int size = sizes[pools - 2] + sizes[pools - 1];
                means[pools - 2] = (means[pools - 2] * sizes[pools - 2] + means[pools - 1] * sizes[pools - 1]) / size;
                sizes[pools - 2] = size;
                pools--;
            }
        }
        double[] falling = new double[numbers.length];
        int from = 0;
        for (int pool = 0; pool < pools; pool++) {
            Arrays.fill(falling, from, from + sizes[pool], means[pool]);
            from += sizes[pool];
        }
        return falling;
    }

    /**
     * Adds to the probability of each level: {@code p = (1 - sum more) p + more}, row after row.
     *
     * @param more of each level, below 1 in all
     */
    static void add(double[] more, double[] levels) {
        double kept = 1;
        for (double share : more) {
            kept -= share;
        }
        for (int i = 0; i < levels.length; i++) {
            levels[i] = kept * levels[i] + more[i % more.length];
        }
    }
}
