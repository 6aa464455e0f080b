package intarsia.linalg.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No vector goes from one method of ours to another, as operand, result or lambda. Where the compiler does not inline such a method it
 * boxes the vector for good, and whether it does depends on what else the process has compiled.
 */
class BoxingTest {
    private static final String API = "jdk.incubator.vector.";
    private static final List<String> CONSTANTS = List.of(API + "VectorSpecies", API + "VectorShape");

    @Test
    void noMethodTakesOrReturnsAVector() throws Exception {
        List<String> passing = new ArrayList<>();
        int methods = 0;
        for (Class<?> of : classes()) {
            for (var method : of.getDeclaredMethods()) {
                methods++;
                Stream<Class<?>> given = Stream.of(method.getParameterTypes());
                if (isVector(method.getReturnType()) || given.anyMatch(BoxingTest::isVector)) {
                    passing.add(method.toString());
                }
            }
        }
        assertThat(methods).isGreaterThan(200);
        assertThat(passing).isEmpty();
    }

    private static boolean isVector(Class<?> type) {
        return type.getName().startsWith(API) && !CONSTANTS.contains(type.getName());
    }

    private static List<Class<?>> classes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder = Path.of(VectorLoops64.class.getResource("VectorLoops64.class").toURI()).getParent();
        List<Class<?>> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.equals("package-info")) {
                    all.add(Class.forName(BoxingTest.class.getPackageName() + "." + name));
                }
            }
        }
        return all;
    }
}
