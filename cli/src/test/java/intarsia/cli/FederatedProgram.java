package intarsia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A coordinator and its nodes on this machine: stores by keytool, each command in a thread of its own. */
final class FederatedProgram {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final List<String> nodes;
    private final Command coordinator = new Command();

    /** What a command wrote, and its status. */
    record Ended(int status, String out, String err) {}

    /** A command that runs. */
    private static final class Command {
        private final StringWriter out = new StringWriter();
        private final StringWriter err = new StringWriter();

        CompletableFuture<Ended> start(List<String> words) {
            CompletableFuture<Ended> ended = new CompletableFuture<>();
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    int status = Main.run(new PrintWriter(out), new PrintWriter(err, true), words.toArray(String[]::new));
                    ended.complete(new Ended(status, out.toString(), err.toString()));
                } catch (RuntimeException | Error e) {
                    ended.completeExceptionally(e);
                }
            });
            return ended;
        }
    }

    FederatedProgram(Path folder, String... nodes) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.nodes = List.of(nodes);
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        List<String> all = new ArrayList<>(this.nodes);
        all.add("coordinator");
        for (String name : all) {
            keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-validity", "2", "-dname", "CN=" + name, "-ext", "SAN=dns:localhost",
                    "-keystore", name + ".p12");
            keytool("-exportcert", "-alias", name, "-keystore", name + ".p12", "-file", name + ".crt");
            keytool("-importcert", "-noprompt", "-alias", name, "-file", name + ".crt", "-keystore", "trust.p12");
        }
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where a node's study is to be. */
    Path study(String node) {
        return folder.resolve(node).resolve("clinics");
    }

    /** Where a node's run will be. */
    Path run(String node) {
        return folder.resolve(node).resolve("run");
    }

    /** What all share. */
    Path shared() {
        return folder.resolve("shared");
    }

    /** Starts the coordinator, at a free port. */
    CompletableFuture<Ended> coordinate(List<String> more) {
        List<String> words = new ArrayList<>(List.of("federate", "coordinate", "--nodes", Integer.toString(nodes.size()), "--listen",
                "localhost:0", "--out", shared().toString()));
        words.addAll(stores("coordinator"));
        words.addAll(more);
        return coordinator.start(words);
    }

    private List<String> stores(String name) {
        return List.of("--keys", folder.resolve(name + ".p12").toString(), "--trust", folder.resolve("trust.p12").toString(),
                "--password-file", folder.resolve("password").toString());
    }

    /** Where the coordinator listens; waits until it does. */
    String address() {
        while (true) {
            String said = coordinator.err.toString();
            int at = said.indexOf("listening at ");
            if (at >= 0 && said.indexOf('\n', at) > 0) {
                return said.substring(at + "listening at ".length(), said.indexOf('\n', at)).strip();
            }
            Thread.onSpinWait();
        }
    }

    /** What the coordinator said on standard error by now. */
    String said() {
        return coordinator.err.toString();
    }

    /** The command of a node. */
    List<String> joining(String node, List<String> more) {
        List<String> words = new ArrayList<>(List.of("federate", "join", study(node).toString(), "--coordinator", address(), "--out",
                run(node).toString()));
        words.addAll(stores(node));
        words.addAll(more);
        return words;
    }

    CompletableFuture<Ended> join(String node, List<String> more) {
        return new Command().start(joining(node, more));
    }

    /** All of them, the coordinator first. */
    List<Ended> fit(List<String> coordinating, List<String> joining) {
        List<CompletableFuture<Ended>> all = new ArrayList<>(List.of(coordinate(coordinating)));
        nodes.forEach(node -> all.add(join(node, joining)));
        return all.stream().map(CompletableFuture::join).toList();
    }
}
