package intarsia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING.md says of the shape of sources. */
class SourcesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int WIDEST = 140;
    private static final int LONGEST = 300;

    @Test
    void noLineIsWide() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > WIDEST) {
                    wide.add(ROOT.relativize(file) + ":" + (i + 1));
                }
            }
        }
        assertThat(wide).as("lines of more than %d characters", WIDEST).isEmpty();
    }

    /** A whole number would be taken for a float, and the result has seven digits only. */
    @Test
    void elementaryFunctionsAreNotGivenWholeNumbers() throws IOException {
        Pattern whole = Pattern.compile("Elementary\\.\\w+\\(-?\\d+\\)");
        assertThat("Elementary.log(2)").matches(whole);
        List<Path> found = new ArrayList<>();
        for (Path file : sources()) {
            if (!file.endsWith("SourcesTest.java") && whole.matcher(Files.readString(file)).find()) {
                found.add(ROOT.relativize(file));
            }
        }
        assertThat(found).as("functions of a double that are given a whole number").isEmpty();
    }

    @Test
    void noClassOfModelsOrTheProgramIsLong() throws IOException {
        List<String> read = new ArrayList<>();
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            String name = ROOT.relativize(file).toString().replace('\\', '/');
            if (name.matches("(models/[a-z]+|cli)/src/main/.*")) {
                read.add(name);
                if (Files.readAllLines(file).size() > LONGEST) {
                    tooLong.add(name);
                }
            }
        }
        assertThat(read).hasSizeGreaterThan(300);
        assertThat(tooLong).as("files of more than %d lines", LONGEST).isEmpty();
    }

    /** A release under another group, and docs/release.md, replace this text and no other. */
    @Test
    void everyPomNamesTheGroupOnce() throws IOException {
        List<Path> read = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            for (Path pom : files.filter(file -> file.endsWith("pom.xml")).filter(file -> !ROOT.relativize(file).toString()
                    .matches("(.*[/\\\\])?target[/\\\\].*|release[/\\\\]consumer[/\\\\].*")).toList()) {
                read.add(pom);
                assertThat(Files.readString(pom).split("<groupId>intarsia</groupId>", -1)).as(pom.toString()).hasSize(2);
            }
        }
        assertThat(read).hasSizeGreaterThan(15);
    }

    /** All sources of Java, OpenCL, Python and R, built ones and copies left out. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("linalg", "autodiff", "optim", "models", "cli", "bench", "src-test", "python", "r")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                files.filter(file -> file.toString().matches(".*\\.(java|cl)|.*[/\\\\](python|r)[/\\\\].*\\.(py|R)"))
                        .filter(file -> !ROOT.relativize(file).toString().matches("(.*[/\\\\])?target[/\\\\].*")).forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(700);
        return sources;
    }
}
