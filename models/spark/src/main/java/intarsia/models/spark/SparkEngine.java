package intarsia.models.spark;

import intarsia.models.execution.ClusterEngine;
import intarsia.models.execution.ClusterException;
import intarsia.models.execution.ItemExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Apache Spark. What can be wrong before a single class of Spark is loaded is said here. */
public final class SparkEngine implements ClusterEngine {
    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d+|\\*)(,\\d+)?])?");
    private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[ *\\d+ *, *\\d+ *, *(\\d+) *]");
    private static final Pattern STANDALONE = Pattern.compile("spark://([^:,/]+:\\d{1,5}(?:,[^:,/]+:\\d{1,5})*)");
    private static final Pattern OTHERS = Pattern.compile("yarn|k8s://.+");
    private static final int PATIENCE = 5_000;

    @Override
    public ItemExecutor open(String master, List<String> command) {
        check(master);
        try {
            checkVersion(master, org.apache.spark.package$.MODULE$.SPARK_VERSION());
            return new SparkExecutor(master, command);
        } catch (NoClassDefFoundError e) {
            throw new ClusterException("--on " + master + ": Spark is not on the class path (" + e.getMessage().replace('/', '.')
                    + " is not there); set SPARK_HOME to a Spark 4, or start the program by its spark-submit: docs/cluster.md");
        }
    }

    /** Spark 3 lacks what is called here, and its Scala may be another. */
    static void checkVersion(String master, String version) {
        Matcher major = Pattern.compile("(\\d+)\\..*").matcher(version);
        if (!major.matches() || Integer.parseInt(major.group(1)) < 4) {
            throw new ClusterException("--on " + master + ": Spark " + version + " is on the class path, and 4 is needed; set SPARK_HOME "
                    + "to a Spark 4, or leave it unset");
        }
    }

    static boolean isThisProcess(String master) {
        return LOCAL.matcher(master).matches();
    }

    /** The memory of an executor in MiB that the address itself tells, or null. */
    static String memory(String master) {
        Matcher matcher = LOCAL_CLUSTER.matcher(master);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static void check(String master) {
        Matcher standalone = STANDALONE.matcher(master);
        if (standalone.matches()) {
            reach(master, standalone.group(1).split(","));
        } else if (LOCAL_CLUSTER.matcher(master).matches()) {
            String home = System.getenv("SPARK_HOME");
            if (home == null || !Files.isDirectory(Path.of(home, "jars"))) {
                throw new ClusterException("--on " + master + ": SPARK_HOME (" + (home == null ? "not set" : home)
                        + ") must name a folder with Spark's jars in its folder jars");
            }
        } else if (!LOCAL.matcher(master).matches() && !OTHERS.matcher(master).matches()) {
            throw new ClusterException("--on " + master + ": must be spark://HOST:PORT, local-cluster[EXECUTORS,CORES,MEMORY] or "
                    + "local[CORES]");
        }
    }

    /** One of several masters is enough: the others stand by. */
    private static void reach(String master, String... addresses) {
        List<String> reasons = new ArrayList<>();
        for (String address : addresses) {
            String host = address.substring(0, address.indexOf(':'));
            int port = Integer.parseInt(address.substring(host.length() + 1));
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, Math.min(port, 65_535)), PATIENCE);
                return;
            } catch (UnknownHostException e) {
                reasons.add("no host " + host);
            } catch (IOException e) {
                reasons.add(e.getMessage());
            }
        }
        throw new ClusterException("--on " + master + ": no master answers there (" + String.join("; ", reasons)
                + "); start one, or correct the address");
    }
}
