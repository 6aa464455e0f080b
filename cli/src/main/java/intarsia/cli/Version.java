package intarsia.cli;

import intarsia.cli.bits.BitsTable;
import intarsia.models.files.model.Program;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {
    /** {@code 0.1.0}, or "development" when run from a folder of classes. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** This program. */
    static Program program() {
        return new Program(number(), BitsTable.read().digest());
    }

    /** A few digits that change when the program is built again: names, sizes and times of its files. */
    static String build() {
        CRC32 digits = new CRC32();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            File file = new File(entry);
            if (file.isFile()) {
                digits.update((file.getName() + " " + file.length() + " " + file.lastModified() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return String.format("%08x", digits.getValue());
    }

    @Override
    public String[] getVersion() {
        return new String[] {"intarsia " + number() + " (Java " + Runtime.version() + ")"};
    }
}
