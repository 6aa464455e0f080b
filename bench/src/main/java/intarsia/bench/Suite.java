package intarsia.bench;

import intarsia.models.gp.GpSuite;
import intarsia.models.hmb.HmbSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One suite: a JMH class, and what is asked of it.
 *
 * @param name  what {@code --only} calls it
 * @param title what the report calls it
 * @param type  the JMH class
 * @param row   its parameters that make up the name of a row; who does the work is the parameter {@code series}, if it has one
 * @param runs  values of its parameters, a run each
 */
record Suite(String name, String title, Class<?> type, List<String> row, List<Map<String, List<String>>> runs) {
    private static final List<String> BOTH = List.of("F64", "F32");

    /** All of them, with the peers that are there. */
    static List<Suite> all() {
        return List.of(
                new Suite("peak", "Fused multiply-adds on registers alone, one core", PeakSuite.class, List.of(), List.of(Map.of())),
                matmul(),
                new Suite("elementwise", "Elementary functions of 4,096 numbers", ElementwiseSuite.class, List.of("precision", "function"),
                        List.of(Map.of("series", List.of(Intarsia.NAME, Intarsia.PLAIN, ElementwiseSuite.MATH)))),
                new Suite("adam", "One Adam step", AdamSuite.class, List.of("precision", "size"),
                        List.of(Map.of("size", List.of("4096", "1048576")))),
                new Suite("plan", "A plan of one op on 1x1 tensors", PlanSuite.class, List.of("precision", "op"),
                        List.of(Map.of("precision", BOTH))),
                new Suite("mlp", "Training step of a perceptron, 150 inputs", MlpSuite.class,
                        List.of("precision", "depth", "width", "batch"),
                        List.of(Map.of("depth", List.of("2", "3", "4"), "width", List.of("32", "64", "128"), "batch",
                                List.of("8", "16", "32")))),
                new Suite("hmb", "Training step of MTL-HMB's second stage, two tasks", HmbSuite.class,
                        List.of("precision", "depth", "width"),
                        List.of(Map.of("depth", List.of("2", "3", "4"), "width", List.of("32", "64", "128")))),
                new Suite("predict", "Predictions of a bound model, heart disease", PredictSuite.class,
                        List.of("model", "rows", "threads", "callers"),
                        List.of(Map.of("rows", List.of("1")), Map.of("rows", List.of("100000"), "threads", List.of("1", "2")),
                                Map.of("rows", List.of("100000"), "callers", List.of("2")))),
                decomposition(),
                new Suite("paths", "Lasso paths of 50 weights, rows x columns", PathSuite.class, List.of("problem"),
                        List.of(Map.of("problem", Stream.of("1000x200", "200x10000").flatMap(size -> Stream.of("gaussian", "binomial",
                                "poisson", "multinomial", "cox").map(family -> family + " " + size)).toList()))),
                new Suite("tenmtl", "Personal models: HOSVD, a fit of 42 patients at ranks 6, 6, 1",
                        PersonalSuite.class,
                        List.of("problem"), List.of(Map.of("problem",
                                List.of("HOSVD 200x200x50", "HOSVD by Gram 200x200x50",
                                "HOSVD 60x40x30", "HOSVD by Gram 60x40x30", PersonalSuite.PATIENTS)))),
                new Suite("gp", "A Gaussian process's log marginal likelihood with its gradient", GpSuite.class, List.of("rows"),
                        List.of(Map.of("rows", List.of("2000")))));
    }

    /** The suite with this name. */
    static Suite named(String name) {
        return all().stream().filter(suite -> suite.name.equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no suite '" + name + "'; there are " + all().stream().map(Suite::name).toList()));
    }

    private static Suite matmul() {
        double[] one = {1};
        List<String> main = new ArrayList<>(List.of(Intarsia.NAME));
        List<String> others = new ArrayList<>();
        for (Peer peer : Peer.available()) {
            if (peer.product(intarsia.linalg.Precision.F64, ProductShape.square(1, "NN"), one, one) != null) {
                (peer.name().equals("OpenBLAS") ? main : others).add(peer.name());
            }
        }
        List<Map<String, List<String>>> runs = new ArrayList<>();
        runs.add(products(main, List.of("NN"), "7", "8", "32", "33", "64", "100", "128", "207", "256", "300", "512", "1024"));
        runs.add(products(main, List.of("NT", "TN", "TT"), "64", "207", "512"));
        runs.add(products(List.of(Intarsia.TWO_THREADS), List.of("NN"), "128", "207", "256", "300", "512", "1024"));
        runs.add(products(List.of(Intarsia.NAME, Intarsia.PLAIN), List.of("NN"), "1", "2", "4", "16"));
        runs.add(products(List.of(Intarsia.PLAIN), List.of("NN"), "7", "8", "32", "33", "64"));
        if (!others.isEmpty()) {
            runs.add(products(others, List.of("NN"), "32", "128", "207", "512"));
        }
        return new Suite("matmul", "Products of square matrices", MatMulSuite.class, List.of("precision", "form", "size"), runs);
    }

    private static Map<String, List<String>> products(List<String> series, List<String> forms, String... sizes) {
        return Map.of("series", series, "form", forms, "size", List.of(sizes));
    }

    private static List<String> problems(Peer.Decomposition what) {
        if (what.definite()) {
            return Stream.of(200, 500, 1000, 2000, 4000).map(n -> what + " " + n + "x" + n).toList();
        }
        return List.of(what == Peer.Decomposition.QR ? "QR 1000x200" : what + " 500x500");
    }

    private static Suite decomposition() {
        double[] one = {1};
        List<Map<String, List<String>>> runs = new ArrayList<>();
        for (Peer.Decomposition what : Peer.Decomposition.values()) {
            List<String> series = new ArrayList<>(List.of(Intarsia.NAME));
            Peer.available().stream().filter(peer -> peer.decomposition(what, 1, 1, one) != null).map(Peer::name).forEach(series::add);
            runs.add(Map.of("series", series, "problem", problems(what)));
        }
        runs.add(Map.of("series", List.of(DecompositionSuite.GRAM), "problem", List.of("SVD 500x500")));
        runs.add(Map.of("series", List.of(Intarsia.NAME, DecompositionSuite.GRAM), "problem", List.of("HOSVD 200x200x50")));
        return new Suite("decomposition", "Decompositions, F64, all factors", DecompositionSuite.class, List.of("problem"), runs);
    }
}
