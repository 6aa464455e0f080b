package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.data.DataException;
import intarsia.models.federated.Coordinator;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Json;
import intarsia.models.tenmtl.FederatedFit;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Coordinates a federated fit. */
@Command(name = "coordinate", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Coordinate a federated fit of TenMTL: wait for the nodes, ask for sums over all their individuals, and tell each "
                + "what all share, which is written to shared.json. If interrupted, the same command resumes.")
final class FederateCoordinate implements Runnable {
    /** What is written. */
    private static final String FILE = "shared.json";

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", required = true, paramLabel = "N", description = "How many nodes there are to be, at least 2.")
    private int nodes;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where to listen (default: ${DEFAULT-VALUE}).")
    private String listen = "localhost:8443";

    @Mixin
    private NewFolder out;

    @Option(names = "--modes", split = ",", paramLabel = "SOURCE", description = "As modes in a study file: sources whose outer product "
            + "is the predictor (default: all that a study has).")
    private List<String> modes = List.of();

    @Option(names = "--ranks", paramLabel = "R,R,...", description = "The individuals' rank, then one for each mode of the predictors "
            + "(default: up to 2 in all).")
    private String ranks;

    @Option(names = "--lasso", paramLabel = "W", description = "The lasso's weight, at least 0 (default: ${DEFAULT-VALUE}).")
    private double lasso;

    @Option(names = "--sweeps", paramLabel = "N", description = "At most so many sweeps (default: ${DEFAULT-VALUE}).")
    private int sweeps = TenMtl.Search.LOCAL.maxSweeps();

    @Option(names = "--tolerance", paramLabel = "X", description = "Stop when a sweep moves linear predictors by no more than this share "
            + "of their size (default: ${DEFAULT-VALUE}).")
    private double tolerance = TenMtl.Search.LOCAL.tolerance();

    @Mixin
    private FederationOptions federation;

    @Mixin
    private Answer answer;

    /** What is written of the fit. */
    private record SharedFile(List<Integer> ranks, int individuals, int sweeps, double objective, double dispersion, double stationaryTo,
            Numbers core, List<Numbers> factors) {
        /** A tensor. */
        private record Numbers(int[] shape, double[] numbers) {}

        static SharedFile of(FederatedFit fit) {
            return new SharedFile(ranks(fit), fit.individuals(), fit.sweeps(), fit.objective().getLast(), fit.dispersion(),
                    fit.violation(), numbers(fit.shared().core()), fit.shared().factors().stream().map(SharedFile::numbers).toList());
        }

        private static Numbers numbers(Tensor tensor) {
            return new Numbers(tensor.shape().sizes(), tensor.toDoubles());
        }

        static List<Integer> ranks(FederatedFit fit) {
            return Stream.concat(Stream.of(fit.options().ranks().individual()),
                    fit.options().ranks().predictors().stream()).toList();
        }
    }

    @Override
    public void run() {
        StudyOptions.positive("--sweeps", sweeps);
        TenMtl options = options();
        InetSocketAddress at = address();
        Path written = out.path().toAbsolutePath().normalize();
        Path journal = written.resolveSibling("." + written.getFileName() + ".rounds");
        List<String> missing;
        try (FolderWriter folder = out.begin();
                Coordinator coordinator = Coordinator.open(at, federation.identity(), options, nodes, federation.patience(), journal,
                        federation.says());
                ProgressBar bar = ProgressBar.on(spec.commandLine().getErr(), federation.quiet());
                Interruption _ = Interruption.saying(spec.commandLine().getErr(), () ->
                        "intarsia: stopped; the same command resumes, by " + journal)) {
            federation.says().accept("listening at https://" + at.getHostString() + ":" + coordinator.port());
            if (coordinator.resumed() > 0) {
                federation.says().accept("resuming: " + coordinator.resumed() + " rounds were done before");
            }
            Outcome<FederatedFit> outcome = fit(coordinator, journal, bar);
            FederatedFit fit = outcome.orThrow();
            if (outcome instanceof Outcome.Stopped<FederatedFit>(var _, String why)) {
                answer.note(why);
            }
            folder.write(FILE, Json.write(SharedFile.of(fit)));
            folder.commit();
            missing = coordinator.farewell(federation.patience());
            PrintWriter to = answer.text();
            to.println(String.format(Locale.ROOT, "%d individuals of %d nodes, ranks %s: %d sweeps, objective %.6f, stationary to %.1e",
                    fit.individuals(), nodes, fit.options().ranks(), fit.sweeps(), fit.objective().getLast(), fit.violation()));
            to.println("what they share is in " + out.resolve(FILE));
            answer.result(new CommandResult.Coordinated(out.toString(), nodes, fit.individuals(), fit.options().ranks().toString(),
                    fit.sweeps()));
        }
        if (missing.isEmpty()) {
            remove(journal);
        } else {
            answer.note("node " + String.join(", ", missing) + " has not heard of the end: the same command with --force tells it again, "
                    + "by " + journal);
        }
    }

    private Outcome<FederatedFit> fit(Coordinator coordinator, Path journal, ProgressBar bar) {
        try {
            return coordinator.fit((what, sweep, all) -> bar.at((double) sweep / all, "sweep " + sweep));
        } catch (DataException e) {
            // there is nothing to resume
            remove(journal);
            throw e;
        }
    }

    private void remove(Path journal) {
        try {
            Files.deleteIfExists(journal);
        } catch (IOException e) {
            answer.note(journal + ": is no longer needed and cannot be removed");
        }
    }

    private TenMtl options() {
        try {
            TenMtl options = TenMtl.options().form(new TensorForm(modes.stream().map(List::of).toList(), Map.of())).lasso(lasso)
                    .search(new TenMtl.Search(0, sweeps, tolerance));
            if (ranks == null) {
                return options;
            }
            int[] all = Arrays.stream(ranks.split(",")).mapToInt(rank -> Integer.parseInt(rank.strip())).toArray();
            return options.ranks(TuckerRanks.of(all[0], Arrays.copyOfRange(all, 1, all.length)));
        } catch (NumberFormatException e) {
            throw new UserException("--ranks " + ranks + ": give whole numbers with commas between, such as 2,3");
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage());
        }
    }

    private InetSocketAddress address() {
        int colon = listen.lastIndexOf(':');
        try {
            int port = Integer.parseInt(listen.substring(colon + 1));
            if (colon > 0 && port >= 0 && port < 1 << 16) {
                return new InetSocketAddress(listen.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserException("--listen " + listen + ": give a host and a port, such as 0.0.0.0:8443");
    }
}
