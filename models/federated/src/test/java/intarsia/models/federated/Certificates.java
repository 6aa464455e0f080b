package intarsia.models.federated;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stores as a person makes them: by keytool. */
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    /** A key with its certificate for each name; all trust all. */
    Certificates(Path folder, String... names) {
        this.folder = folder;
        for (String name : names) {
            keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-dname", "CN=" + name,
                    "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-keystore", name + ".p12");
            keytool("-exportcert", "-alias", name, "-keystore", name + ".p12", "-file", name + ".crt");
            trust("trust.p12", name);
        }
    }

    /** Adds a certificate to a store. */
    void trust(String store, String name) {
        keytool("-importcert", "-noprompt", "-alias", name, "-file", name + ".crt", "-keystore", store);
    }

    NodeIdentity of(String name) {
        return of(name, "trust.p12");
    }

    NodeIdentity of(String name, String trust) {
        return NodeIdentity.read(folder.resolve(name + ".p12"), folder.resolve(trust), PASSWORD.toCharArray());
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12", "-J-XX:TieredStopAtLevel=1"));
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
