package intarsia.models.files.table;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * A database that tests fill and ask.
 *
 * @param url         where it is
 * @param environment user and password
 */
public record TestDatabase(String url, Map<String, String> environment) {
    /** A password that no message may repeat. */
    public static final String PASSWORD = "Quelle-7713";

    /** A new SQLite file. */
    public static TestDatabase sqlite(Path folder) {
        return new TestDatabase("jdbc:sqlite:" + folder.resolve("clinics.db"), Map.of());
    }

    /** A new H2 file with a user and a password. */
    public static TestDatabase h2(Path folder) {
        return new TestDatabase("jdbc:h2:file:" + folder.resolve("clinics"), Map.of(Query.USER, "reader", Query.PASSWORD, PASSWORD));
    }

    private static Path postgresPrograms() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(Path.of("/usr/lib/postgresql"))) {
            versions.forEach(version -> found.add(version.resolve("bin")));
        } catch (IOException e) {
            throw new TestAbortedException("no PostgreSQL here (Debian: postgresql)");
        }
        return found.stream().filter(bin -> Files.isExecutable(bin.resolve("initdb"))).findFirst()
                .orElseThrow(() -> new TestAbortedException("no PostgreSQL server here (Debian: postgresql)"));
    }

    /** A PostgreSQL server of its own in a folder. */
    public static final class Postgres implements AutoCloseable {
        private final Path bin = postgresPrograms();
        private final Path data;
        private final TestDatabase database;

        /** Starts it. */
        public Postgres(Path folder) throws IOException, InterruptedException {
            data = Files.createDirectories(folder.resolve("postgres")).resolve("data");
            Path password = Files.writeString(data.resolveSibling("password"), PASSWORD + "\n");
            if (isRoot()) {
                // The server refuses to run as root, and its user has to get at the folder.
                run(List.of("chmod", "-R", "a+rx", folder.toString()));
                run(List.of("chown", "-R", "postgres", data.getParent().toString()));
            }
            as(bin.resolve("initdb").toString(), "-D", data.toString(), "--username=reader", "--pwfile=" + password,
                    "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync");
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            as(bin.resolve("pg_ctl").toString(), "-D", data.toString(), "-w", "-l", data.resolveSibling("log").toString(), "-o",
                    "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories= -c fsync=off", "start");
            database = new TestDatabase("jdbc:postgresql://127.0.0.1:" + port + "/postgres", Map.of(Query.USER, "reader",
                    Query.PASSWORD, PASSWORD));
        }

        private static boolean isRoot() {
            return System.getProperty("user.name").equals("root");
        }

        private void as(String... command) throws IOException, InterruptedException {
            List<String> all = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
            all.addAll(List.of(command));
            run(all);
        }

        private static void run(List<String> command) throws IOException, InterruptedException {
            Path said = Files.createTempFile("said", ".txt");
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile())
                    .directory(Path.of("/").toFile()).start();
            if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + ": " + Files.readString(said));
            }
            Files.delete(said);
        }

        /** The database. */
        public TestDatabase database() {
            return database;
        }

        @Override
        public void close() throws IOException {
            try {
                as(bin.resolve("pg_ctl").toString(), "-D", data.toString(), "-m", "immediate", "stop");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** Runs statements. */
    public void run(String... statements) throws SQLException {
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** Fills a table with rows of texts, some of which are taken for numbers by the column's type; null where a text is empty. */
    public void fill(String table, List<List<Object>> rows) throws SQLException {
        try (Connection connection = open(); PreparedStatement statement = connection.prepareStatement("insert into " + table + " values ("
                + "?, ".repeat(rows.getFirst().size() - 1) + "?)")) {
            for (List<Object> row : rows) {
                for (int j = 0; j < row.size(); j++) {
                    statement.setObject(j + 1, row.get(j));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, environment.get(Query.USER), environment.get(Query.PASSWORD));
    }

    /** A query to it. */
    public List<TableColumn> ask(String sql, Object... values) {
        return new Query(url, sql, List.of(values)).read(environment::get);
    }
}
