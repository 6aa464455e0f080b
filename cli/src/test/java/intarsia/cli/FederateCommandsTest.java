package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.files.Study;
import intarsia.models.files.model.RunFolder;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hospitals, each with its own rows only, fit what all rows together do; one of them is a process that is killed. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FederateCommandsTest {
    private static final Path HEART = Path.of("..").toAbsolutePath().normalize().resolve("examples/heart-disease");
    private static final String[] HOSPITALS = {"cleveland", "hungarian", "switzerland", "va"};
    private static final List<String> EXAM = List.of("--modes", "exam", "--ranks", "2,2", "--patience", "60s");

    @TempDir
    private Path folder;

    /** A study of one hospital: the same file, with its own line among the tasks. */
    static void write(Path study, String hospital) throws IOException {
        Files.createDirectories(study);
        String all = Files.readString(HEART.resolve("study.toml"));
        String tasks = all.substring(all.indexOf("[tasks]"), all.indexOf("# What is measured together"));
        Files.writeString(study.resolve("study.toml"), all.replace(tasks, "[tasks]\n" + hospital + " = \"" + hospital + ".csv\"\n\n"));
        Files.copy(HEART.resolve(hospital + ".csv"), study.resolve(hospital + ".csv"));
    }

    private static Model central(Study study) {
        try (Engine engine = Engine.open()) {
            TenMtl options = TenMtl.options().form(new TensorForm(List.of(List.of("exam")), Map.of())).ranks(2, 2);
            return options.fit(new FitContext(engine, DataSplit.all(study.tasks()), RandomStream.of(1), Progress.NONE)).orThrow();
        }
    }

    @Test
    void aHospitalThatIsKilledAndComesBackChangesNothing() throws IOException, InterruptedException {
        FederatedProgram program = new FederatedProgram(folder, HOSPITALS);
        for (String hospital : HOSPITALS) {
            write(program.study(hospital), hospital);
        }
        CompletableFuture<FederatedProgram.Ended> coordinated = program.coordinate(EXAM);
        List<CompletableFuture<FederatedProgram.Ended>> joined = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Main.class.getName()));
        command.addAll(program.joining("va", List.of()));
        Process killed = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("said.txt").toFile()).start();
        for (String hospital : List.of("cleveland", "hungarian", "switzerland")) {
            joined.add(program.join(hospital, List.of()));
        }
        while (!program.said().contains("node 'va' joined")) {
            assertThat(killed.isAlive()).as(Files.readString(folder.resolve("said.txt"))).isTrue();
            Thread.sleep(10);
        }
        Thread.sleep(300);
        killed.destroyForcibly().waitFor();
        boolean during = !coordinated.isDone();
        joined.add(program.join("va", List.of()));
        for (CompletableFuture<FederatedProgram.Ended> each : joined) {
            assertThat(each.join().status()).as(each.join().err()).isZero();
        }
        assertThat(coordinated.join().status()).as(coordinated.join().err()).isZero();
        assertThat(during).as("killed while the fit ran").isTrue();
        assertThat(coordinated.join().err()).contains("node 'va' came back");
        assertThat(Files.readString(program.shared().resolve("shared.json"))).contains("\"individuals\" : 4");
        assertThat(folder.resolve(".shared.rounds")).doesNotExist();

        Study all = Study.read(HEART, new Study.Options(null, false));
        Model central = central(all);
        for (String hospital : HOSPITALS) {
            Model own = RunFolder.read(program.run(hospital)).model();
            assertThat(own.tasks()).containsExactly(hospital);
            Task task = all.tasks().task(hospital);
            Observations rows = Observations.of(task, IntStream.range(0, task.size()).toArray());
            try (Engine engine = Engine.open()) {
                assertThat(own.bind(engine).predict(hospital, rows)).containsExactly(central.bind(engine).predict(hospital, rows),
                        within(1e-6));
            }
        }
    }

    @Test
    void whatAPersonCanPutRightIsOneLine() throws IOException {
        FederatedProgram program = new FederatedProgram(folder, "a", "b");
        for (String name : List.of("a", "b")) {
            write(program.study(name), name.equals("a") ? "va" : "hungarian");
        }
        Program here = new Program();
        assertThat(here.run("federate", "coordinate", "--nodes", "1", "--out", folder.resolve("x").toString(), "--keys",
                folder.resolve("a.p12").toString(), "--trust", folder.resolve("trust.p12").toString(), "--password-file",
                folder.resolve("password").toString(), "--listen", "localhost:0")).isEqualTo(2);
        assertThat(here.err.toString()).startsWith("intarsia: a federated fit takes at least 2 nodes").hasLineCount(1);
        Files.writeString(folder.resolve("wrong"), "nonsense\n");
        assertThat(here.run("federate", "coordinate", "--nodes", "2", "--out", folder.resolve("x").toString(), "--keys",
                folder.resolve("a.p12").toString(), "--trust", folder.resolve("trust.p12").toString(), "--password-file",
                folder.resolve("wrong").toString(), "--listen", "localhost:0")).isEqualTo(2);
        assertThat(here.err.toString()).endsWith("a.p12: the password is wrong\n").hasLineCount(1);
        assertThat(here.run("federate", "coordinate", "--nodes", "2", "--out", "x", "--keys", "a", "--trust", "b", "--ranks", "2,x"))
                .isEqualTo(2);
        assertThat(here.err.toString()).contains("--ranks 2,x: give whole numbers with commas between, such as 2,3");
        assertThat(here.run("federate", "coordinate", "--nodes", "2", "--out", "x", "--keys", "a", "--trust", "b", "--listen", "8443"))
                .isEqualTo(2);
        assertThat(here.err.toString()).contains("--listen 8443: give a host and a port, such as 0.0.0.0:8443");
        assertThat(here.run("federate", "join", program.study("a").toString(), "--coordinator", "https://localhost:1", "--out",
                folder.resolve("y").toString(), "--keys", "nowhere.p12", "--trust", "b", "--least-nodes", "1")).isEqualTo(2);
        assertThat(here.err.toString()).contains("--least-nodes 1: must be at least 2");
        Path coupled = Files.createDirectories(folder.resolve("coupled"));
        Files.copy(program.study("a").resolve("study.toml"), coupled.resolve("study.toml"));
        for (Path file : Files.list(program.study("a")).filter(each -> each.toString().endsWith(".csv")).toList()) {
            Files.copy(file, coupled.resolve(file.getFileName()));
        }
        Files.writeString(coupled.resolve("study.toml"), "\n[fit.tenmtl]\ncoupled = [\"exam\"]\n", StandardOpenOption.APPEND);
        assertThat(here.run("federate", "join", coupled.toString(), "--coordinator", "https://localhost:1", "--out",
                folder.resolve("y").toString(), "--keys", "nowhere.p12", "--trust", "b")).isEqualTo(2);
        assertThat(here.err.toString()).contains("a federated fit has one tensor").hasLineCount(1);
        // ranks that the rows do not allow end the fit for all
        List<FederatedProgram.Ended> ended = program.fit(List.of("--ranks", "7,2", "--modes", "exam"), List.of());
        assertThat(ended).allSatisfy(each -> {
            assertThat(each.status()).isEqualTo(2);
            assertThat(each.err()).contains("the individual rank is above the 2 individuals");
        });
        assertThat(folder.resolve(".shared.rounds")).doesNotExist();
    }
}
