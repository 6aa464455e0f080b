package intarsia.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Simulation studies: methods compared on data with known truth. */
@Command(name = "study", mixinStandardHelpOptions = true, versionProvider = Version.class,
        subcommands = {StudyMtlHmb.class, StudyDualEncoder.class, StudyTenMtl.class, StudySharing.class, StudyAnchors.class,
                Simulate.class},
        description = "Simulation studies: methods compared on data with known truth.")
final class StudyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
