package intarsia.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Fits of rows that stay where they are. */
@Command(name = "federate", mixinStandardHelpOptions = true, versionProvider = Version.class,
        subcommands = {FederateCoordinate.class, FederateJoin.class},
        description = "Fit TenMTL to rows that stay where they are: nodes hold them, a coordinator sees sums only.")
final class Federate implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
