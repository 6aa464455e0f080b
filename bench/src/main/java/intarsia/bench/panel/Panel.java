package intarsia.bench.panel;

import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.files.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs every method on every split of every study, resumes what was begun, and writes the page. {@code bench/panel --help} lists the
 * options.
 */
public final class Panel {
    private static final String HELP = "; bench/panel --help lists those there are";

    private final Path home = Path.of("").toAbsolutePath();
    private final List<Path> data = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private Path out = home.resolve("bench/target/panel");
    private Path page = home.resolve("docs/panel.md");
    private Set<String> studies = Set.of();
    private Set<String> picked = Set.of();
    private int repeats = 10;
    private int threads = Runtime.getRuntime().availableProcessors();
    private long seed = 1;
    private boolean reportOnly;

    private record Item(PanelStudy study, int split, PanelMethod method) {}

    private Panel() {}

    /** Runs as asked. */
    public static void main(String[] args) throws Exception {
        // A run that is killed takes its peers along.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        try {
            run(args);
        } catch (IllegalArgumentException e) {
            System.err.println("bench/panel: " + e.getMessage());
            System.exit(2);
        }
    }

    /**
     * The same, for tests.
     *
     * @throws IllegalArgumentException if what is asked for cannot be done; the message says why
     */
    static void run(String[] args) throws IOException, InterruptedException {
        Panel panel = new Panel();
        panel.read(args);
        panel.run("bench/panel" + (panel.data.isEmpty() ? "" : " --data FOLDER") + " --repeats " + panel.repeats + " --seed " + panel.seed);
    }

    private void read(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--report")) {
                reportOnly = true;
                continue;
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("option '" + args[i] + "' is unknown or lacks its value" + HELP);
            }
            String value = args[++i];
            switch (args[i - 1]) {
                case "--data" -> data.add(folder(value));
                case "--out" -> out = Path.of(value).toAbsolutePath();
                case "--page" -> page = Path.of(value).toAbsolutePath();
                case "--only" -> studies = Set.of(value.split(","));
                case "--methods" -> picked = Set.of(value.split(","));
                case "--repeats" -> repeats = positive(args[i - 1], value);
                case "--threads" -> threads = positive(args[i - 1], value);
                case "--seed" -> seed = positive(args[i - 1], value);
                default -> throw new IllegalArgumentException("unknown option '" + args[i - 1] + "'" + HELP);
            }
        }
    }

    private static Path folder(String value) {
        if (!Files.isDirectory(Path.of(value))) {
            throw new IllegalArgumentException("--data " + value + ": is no folder; give one that holds data sets or studies");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }

    private static int positive(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException(option + " " + value + ": must be a whole number, at least 1");
        }
        return Integer.parseInt(value);
    }

    private List<PanelMethod> methods() throws IOException, InterruptedException {
        List<PanelMethod> all = new ArrayList<>();
        for (String key : List.of("mean", "regression", "pooled-regression", "boosting", "forest")) {
            all.add(new PanelMethod.Own(key, true));
        }
        for (String key : List.of("gp", "mtl-hmb", "dual-encoder", "tenmtl", "auto")) {
            all.add(new PanelMethod.Own(key, false));
        }
        String python = System.getProperty("intarsia.panel.python", "python3");
        List<PanelPeer> peers = new ArrayList<>(List.of(new PanelPeer("hist-gradient-boosting", List.of(python, "bench/peers/panel.py"))));
        for (String key : List.of("glmnet", "mice-glmnet", "ranger")) {
            peers.add(new PanelPeer(key, List.of("Rscript", "--vanilla", "bench/peers/panel.R")));
        }
        for (PanelPeer peer : peers) {
            String[] found = peer.check();
            if (found[0] == null) {
                notes.add(peer.key() + ": " + found[1]);
            } else {
                versions.add(peer.key() + " is " + found[0]);
                all.add(peer);
            }
        }
        picked.stream().filter(key -> all.stream().noneMatch(method -> method.key().equals(key))).forEach(key -> {
            throw new IllegalArgumentException("--methods " + key + ": there are "
                    + String.join(", ", all.stream().map(PanelMethod::key).toList()));
        });
        return all.stream().filter(method -> picked.isEmpty() || picked.contains(method.key())).toList();
    }

    private void run(String command) throws IOException, InterruptedException {
        List<PanelMethod> methods = methods();
        List<PanelStudy> read = new ArrayList<>();
        for (Path folder : PanelData.folders(home, data, out, notes)) {
            if (studies.isEmpty() || studies.contains(folder.getFileName().toString())) {
                read.add(PanelStudy.read(folder));
            }
        }
        Map<PanelStudy, Journal> journals = new LinkedHashMap<>();
        try {
            for (PanelStudy study : read) {
                Path folder = Files.createDirectories(out.resolve(study.key()));
                journals.put(study, new Journal(folder.resolve("journal.txt"),
                        "panel 1, seed " + seed + ", study " + study.study().digest(), "panel"));
                study.writeTable(folder);
            }
            if (!reportOnly) {
                doAll(methods, journals);
            }
            write(methods, journals, command);
        } finally {
            journals.values().forEach(Journal::close);
        }
    }

    private static List<PanelResult> results(Journal journal) {
        return journal.lines().stream().map(PanelResult::of).toList();
    }

    /** Split by split, so that an interrupted run has about as many splits of every study. */
    private void doAll(List<PanelMethod> methods, Map<PanelStudy, Journal> journals) throws IOException, InterruptedException {
        List<Item> items = new ArrayList<>();
        for (int split = 0; split < repeats; split++) {
            for (var entry : journals.entrySet()) {
                PanelStudy study = entry.getKey();
                Path file = out.resolve(study.key()).resolve("split-" + split + ".csv");
                study.writeSplit(study.split(seed, split), file);
                Set<String> done = new HashSet<>();
                int at = split;
                results(entry.getValue()).stream().filter(result -> result.split() == at).forEach(result -> done.add(result.method()));
                methods.stream().filter(method -> !done.contains(method.key())).forEach(method -> items.add(new Item(study, at, method)));
            }
        }
        int[] count = {0};
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> futures = new ArrayList<>();
            for (Item item : items) {
                futures.add(pool.submit(() -> {
                    PanelResult result = measure(item);
                    journals.get(item.study).add(result.line());
                    synchronized (count) {
                        System.err.printf("panel %d of %d: %s, split %d, %s: %s%n", ++count[0], items.size(), item.study.key(),
                                item.split + 1, item.method.key(), result.said());
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private PanelResult measure(Item item) throws InterruptedException {
        DataSplit rows = item.study.split(seed, item.split);
        try {
            PanelMethod.Predictions predictions = item.method.fit(item.study, rows, seed, out.resolve(item.study.key()), item.split);
            return new PanelResult(item.split, item.method.key(), item.study.loss(rows, predictions.byTask()), predictions.seconds(), "");
        } catch (DataException e) {
            return new PanelResult(item.split, item.method.key(), Double.NaN, 0, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<PanelMethod> methods, Map<PanelStudy, Journal> journals, String command) throws IOException {
        Map<PanelStudy, List<PanelResult>> results = new LinkedHashMap<>();
        journals.forEach((study, journal) -> results.put(study, results(journal).stream()
                .filter(result -> result.split() < repeats).toList()));
        Files.createDirectories(page.getParent());
        Files.writeString(page, new PanelPage(methods, results, repeats).text(versions, notes, command));
        System.err.println("panel: the page is " + page);
    }
}
