package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The example files of docs/cluster.md, run as a queue runs them, with a program that writes down what it was asked for. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are for bash")
class ClusterScriptsTest {
    private static final Path CLUSTER = Path.of("..", "docs", "cluster");

    @TempDir
    private Path folder;

    private String asked(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/bash\nprintf '%s ' \"$@\" > '" + said + "'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().putAll(environment);
        process.environment().putAll(Map.of("INTARSIA", program.toString(), "STUDY", "shared folder/study"));
        Process running = process.start();
        String errors = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(errors).isZero();
        return Files.readString(said).strip();
    }

    private static final String THIRD_OF_20 = "study mtl-hmb --methods gp,stl --replicates 100 --out shared folder/study --shard 3/20 "
            + "--threads 2 --quiet";

    @Test
    void slurm() throws Exception {
        assertThat(asked(List.of("bash", CLUSTER.resolve("slurm.sh").toString()),
                Map.of("SLURM_ARRAY_TASK_ID", "3", "SLURM_ARRAY_TASK_COUNT", "20", "SLURM_CPUS_PER_TASK", "2"))).isEqualTo(THIRD_OF_20);
    }

    @Test
    void gridEngine() throws Exception {
        assertThat(asked(List.of("bash", CLUSTER.resolve("sge.sh").toString()),
                Map.of("SGE_TASK_ID", "3", "SGE_TASK_LAST", "20", "NSLOTS", "2"))).isEqualTo(THIRD_OF_20);
    }

    /** The index of a pod begins at 0. */
    @Test
    void kubernetes() throws Exception {
        List<String> lines = Files.readAllLines(CLUSTER.resolve("kubernetes.yaml"));
        int from = lines.indexOf("            - |") + 1;
        assertThat(from).isPositive();
        String script = lines.subList(from, lines.size()).stream().takeWhile(line -> line.startsWith("              "))
                .collect(Collectors.joining("\n"));
        assertThat(asked(Stream.of("bash", "-c", script).toList(), Map.of("JOB_COMPLETION_INDEX", "2", "SHARDS", "20")))
                .isEqualTo(THIRD_OF_20);
    }
}
