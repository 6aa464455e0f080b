package intarsia.cli;

import intarsia.models.federated.NodeIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What both sides of a federated fit are told. */
final class FederationOptions {
    /** The environment variable with the password of both stores. */
    private static final String PASSWORD = "INTARSIA_STORE_PASSWORD";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--keys", required = true, paramLabel = "FILE.p12", description = "The PKCS12 store with this side's private key and "
            + "certificate; its common name (CN) is this side's name.")
    private Path keys;

    @Option(names = "--trust", required = true, paramLabel = "FILE.p12", description = "The PKCS12 store with the certificates of all "
            + "others, or of who signed them; with the same password.")
    private Path trust;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password of both stores "
            + "(default: the environment variable " + PASSWORD + " has it).")
    private Path passwordFile;

    @Option(names = "--patience", paramLabel = "TIME", description = "How long to wait for others that do not answer: 90s, 30m, 2h "
            + "(default: ${DEFAULT-VALUE}).")
    private String patience = "10m";

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    NodeIdentity identity() {
        return NodeIdentity.read(keys, trust, password().toCharArray());
    }

    private String password() {
        if (passwordFile != null) {
            try (BufferedReader reader = Files.newBufferedReader(passwordFile)) {
                String line = reader.readLine();
                return line == null ? "" : line;
            } catch (IOException e) {
                throw new UserException("--password-file " + passwordFile + ": cannot be read");
            }
        }
        String password = System.getenv(PASSWORD);
        if (password == null) {
            throw new UserException("the password of " + keys + " and " + trust + " is not known: set " + PASSWORD
                    + ", or give --password-file");
        }
        return password;
    }

    Duration patience() {
        return StudyOptions.duration("--patience", patience);
    }

    boolean quiet() {
        return quiet;
    }

    /** Says what happens on standard error. */
    Consumer<String> says() {
        PrintWriter err = spec.commandLine().getErr();
        return line -> {
            if (!quiet) {
                err.println("intarsia: " + line);
                err.flush();
            }
        };
    }
}
