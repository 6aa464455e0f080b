package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.linalg.RandomStream;
import intarsia.models.files.FolderWriter;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.Setting;
import intarsia.models.study.hmb.HmbSettings;
import intarsia.models.study.hmb.SimulatedFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes simulated data as a study folder, with the hidden truth. */
@Command(name = "simulate", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Write a study folder of simulated data, and the hidden blocks in its folder truth/.")
final class Simulate implements Runnable {
    @Option(names = "--setting", paramLabel = "KEY", defaultValue = "B",
            description = "A, B, C, D, E, F, tasks, linear, bent or ablation (default: ${DEFAULT-VALUE}).")
    private String setting;

    @Option(names = "--rho", paramLabel = "R", description = "Correlation in both tasks, of setting A.")
    private Double rho;

    @Option(names = "--rho2", paramLabel = "R", description = "Correlation in the second task, of settings B, linear and bent.")
    private Double rho2;

    @Option(names = "--alpha", paramLabel = "A", description = "Weight of what tasks share, of setting C.")
    private Double alpha;

    @Option(names = "--n", paramLabel = "N", description = "Rows of each task, of setting D.")
    private Integer n;

    @Option(names = "--n2", paramLabel = "N", description = "Rows of the second task, of setting ablation.")
    private Integer n2;

    @Option(names = "--p", paramLabel = "N", description = "Columns of each source but the anchor, of setting E.")
    private Integer p;

    @Option(names = "--sigma1", paramLabel = "S", description = "Noise in the first task, of setting F.")
    private Double sigma1;

    @Option(names = "--tasks", paramLabel = "T", description = "How many tasks; those beyond the setting's are like its last.")
    private Integer tasks;

    @Option(names = "--seed", paramLabel = "N", description = "What all random numbers are derived from (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private NewFolder out;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        Setting<BlockMissing> chosen = HmbSettings.of(setting);
        double value = value(chosen);
        BlockMissing simulation = simulation(chosen, value);
        String title = chosen.title() + ", " + chosen.parameter() + " = " + Setting.text(value);
        String given = chosen.parameter().equals("T") ? "" : " --" + chosen.parameter() + " " + Setting.text(value);
        String count = tasks == null && !chosen.parameter().equals("T") ? "" : " --tasks " + simulation.rows().size();
        try (FolderWriter folder = out.begin()) {
            SimulatedFolder.write(folder, title, "intarsia study simulate --setting " + chosen.key() + given + count + " --seed " + seed,
                    simulation.draw(RandomStream.of(seed, "simulate")));
            folder.commit();
        }
        answer.result(new CommandResult.Simulated(out.toString(), out.resolve("truth").toString(), simulation.rows().size()));
        answer.text().println("a study of " + simulation.rows().size() + " tasks is in " + out + ", the hidden blocks in "
                + out.resolve("truth") + ": see it by  intarsia describe " + out + "  or learn from it by  intarsia fit " + out
                        + " --out RUN");
    }

    private double value(Setting<BlockMissing> chosen) {
        Map<String, Number> given = new LinkedHashMap<>();
        given.put("rho", rho);
        given.put("rho2", rho2);
        given.put("alpha", alpha);
        given.put("n", n);
        given.put("n2", n2);
        given.put("p", p);
        given.put("sigma1", sigma1);
        given.values().removeIf(Objects::isNull);
        for (String name : given.keySet()) {
            if (!name.equals(chosen.parameter())) {
                throw new UserException("--" + name + ": setting " + chosen.key() + " varies " + (chosen.parameter().equals("T") ? "--tasks"
                        : "--" + chosen.parameter()));
            }
        }
        if (chosen.parameter().equals("T")) {
            return tasks == null ? chosen.values().getLast() : tasks;
        }
        return given.isEmpty() ? chosen.values().getLast() : given.values().iterator().next().doubleValue();
    }

    private BlockMissing simulation(Setting<BlockMissing> chosen, double value) {
        try {
            BlockMissing simulation = chosen.at().apply(value);
            return tasks == null ? simulation : simulation.tasks(tasks);
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage());
        }
    }
}
