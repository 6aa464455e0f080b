package intarsia.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {
    /** {@code 0.1.0}, or "development" when run from a folder of classes. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"intarsia " + number() + " (Java " + Runtime.version() + ")"};
    }
}
