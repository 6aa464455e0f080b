package intarsia.models.trees;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import intarsia.models.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Grows trees round by round: the one place that calls XGBoost. It holds native memory until it is closed. */
final class TreeGrower implements AutoCloseable {
    /** Kept, so that its level is: what goes wrong is said once, in a line of ours. */
    private static final Logger LOGGER = Logger.getLogger("ml.dmlc.xgboost4j");

    static {
        LOGGER.setLevel(Level.OFF);
    }

    private final double[] base;
    private final DMatrix learned;
    private final DMatrix held;
    private final Booster booster;
    private int rounds;

    /**
     * Rows with their responses.
     *
     * @param rows      row-major
     * @param width     numbers of a row
     * @param responses as they are learned, a number a row
     * @param offsets   what is added to the sum of trees of each row, where that is one; empty for nothing
     * @param weights   how much each row counts; empty where all count 1
     */
    record Table(float[] rows, int width, float[] responses, float[] offsets, float[] weights) {
        /** Rows that all count 1, with nothing added. */
        Table(float[] rows, int width, float[] responses) {
            this(rows, width, responses, new float[0], new float[0]);
        }

        private DMatrix matrix(double[] base) throws XGBoostError {
            DMatrix matrix = new DMatrix(rows, responses.length, width, Float.NaN);
            matrix.setLabel(responses);
            if (base.length == 1) {
                float[] margin = new float[responses.length];
                for (int i = 0; i < margin.length; i++) {
                    margin[i] = (float) base[0] + (offsets.length == 0 ? 0 : offsets[i]);
                }
                matrix.setBaseMargin(margin);
            }
            if (weights.length > 0) {
                matrix.setWeight(weights);
            }
            return matrix;
        }
    }

    private interface Call<T> {
        T get() throws XGBoostError;
    }

    /**
     * Begins.
     *
     * @param parameters XGBoost's
     * @param seed       of its random numbers
     * @param base       what each sum of trees begins with: several where XGBoost's objective has several classes
     * @param learned    rows to learn from
     * @param held       rows to predict after each round, or null
     */
    TreeGrower(Map<String, Object> parameters, long seed, double[] base, Table learned, Table held) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.putAll(Map.of("seed", seed & Integer.MAX_VALUE, "nthread", 1, "tree_method", "hist", "verbosity", 0, "base_score", 0.5));
        if (base.length > 1) {
            // The Java package takes margins of one number a row only.
            all.put("num_class", base.length);
            all.put("base_score", Arrays.toString(base));
        }
        this.base = base.clone();
        this.learned = call(() -> learned.matrix(base));
        this.held = held == null ? null : call(() -> held.matrix(base));
        booster = call(() -> XGBoost.train(this.learned, all, 0, held == null ? Map.of() : Map.of("held", this.held), null, null));
    }

    /** One more round. */
    void round() {
        call(() -> {
            booster.update(learned, rounds++);
            return null;
        });
    }

    /** The sums of trees of the rows held out, row after row. */
    double[] held() {
        float[][] sums = call(() -> booster.predict(held, true));
        double[] all = new double[sums.length * base.length];
        Arrays.setAll(all, i -> sums[i / base.length][i % base.length]);
        return all;
    }

    /** The trees grown so far, those of each sum. */
    List<TreeEnsemble> trees() {
        try (JsonParser json = new JsonFactory().createParser(call(() -> booster.toByteArray("json")))) {
            return read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<TreeEnsemble> read(JsonParser json) throws IOException {
        List<double[]> trees = new ArrayList<>();
        double[] sums = {};
        Map<String, double[]> tree = new HashMap<>();
        while (json.nextToken() != null) {
            if (json.currentToken() == JsonToken.FIELD_NAME) {
                switch (json.currentName()) {
                    case "left_children", "right_children", "split_conditions", "split_indices", "default_left" ->
                            tree.put(json.currentName(), numbers(json));
                    case "tree_param" -> trees.add(nodes(tree));
                    case "tree_info" -> sums = numbers(json);
                    default -> { }
                }
            }
        }
        List<TreeEnsemble> all = new ArrayList<>();
        for (int k = 0; k < base.length; k++) {
            List<double[]> of = new ArrayList<>();
            for (int t = 0; t < trees.size(); t++) {
                if (sums[t] == k) {
                    of.add(trees.get(t));
                }
            }
            all.add(ensemble((float) base[k], of));
        }
        return all;
    }

    private static TreeEnsemble ensemble(double base, List<double[]> trees) {
        double[] roots = new double[trees.size()];
        int count = 0;
        for (int t = 0; t < roots.length; t++) {
            roots[t] = count;
            count += trees.get(t).length / TreeEnsemble.NODE;
        }
        double[] all = new double[count * TreeEnsemble.NODE];
        for (int t = 0; t < roots.length; t++) {
            int from = (int) roots[t];
            double[] nodes = trees.get(t);
            for (int at = 0; at < nodes.length; at++) {
                boolean child = at % TreeEnsemble.NODE == 2 && nodes[at - 2] >= 0;
                all[from * TreeEnsemble.NODE + at] = child ? nodes[at] + from : nodes[at];
            }
        }
        return new TreeEnsemble(base, roots, all);
    }

    private static double[] numbers(JsonParser json) throws IOException {
        double[] numbers = new double[16];
        int count = 0;
        for (json.nextToken(); json.nextToken() != JsonToken.END_ARRAY;) {
            numbers = count == numbers.length ? Arrays.copyOf(numbers, 2 * count) : numbers;
            numbers[count++] = json.getDoubleValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    /** A tree's nodes, numbered level by level so that siblings are neighbors. */
    private static double[] nodes(Map<String, double[]> tree) {
        double[] left = tree.get("left_children");
        double[] right = tree.get("right_children");
        List<Integer> order = new ArrayList<>(List.of(0));
        double[] nodes = new double[left.length * TreeEnsemble.NODE];
        for (int n = 0; n < order.size(); n++) {
            int of = order.get(n);
            int at = n * TreeEnsemble.NODE;
            boolean leaf = left[of] < 0;
            nodes[at] = leaf ? -1 : tree.get("split_indices")[of];
            nodes[at + 1] = tree.get("split_conditions")[of];
            nodes[at + 3] = leaf ? 0 : tree.get("default_left")[of];
            if (!leaf) {
                nodes[at + 2] = order.size();
                order.add((int) left[of]);
                order.add((int) right[of]);
            }
        }
        return Arrays.copyOf(nodes, order.size() * TreeEnsemble.NODE);
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.get();
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage().lines().findFirst().orElse(""), e);
        } catch (LinkageError e) {
            throw new DataException("boosting and forest need XGBoost's native library, which could not be loaded (" + reason(e)
                    + "); on Linux install libgomp1, or leave both models out");
        }
    }

    private static String reason(Throwable error) {
        Throwable first = error;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        booster.dispose();
        learned.dispose();
        if (held != null) {
            held.dispose();
        }
    }
}
