package intarsia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.files.model.FitReference;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents say of the sources is true. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** The target of a Markdown link or picture, without what follows a #. */
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)#>\\s]+)");
    /** A system property on a command line, a property or package as a whole string, an environment variable of ours, one that is read. */
    private static final Pattern SETTING = Pattern.compile(
            "-D(intarsia(?:\\.[a-z]+)+)|\"(intarsia(?:\\.[a-z]+)+)\"|\\b((?:INTARSIA|BENCH)_[A-Z_]+)\\b|getenv\\(\"([A-Z_]+)\"\\)");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        int found = 0;
        for (Path file : files()) {
            if (file.getFileName().toString().endsWith(".md")) {
                Set<String> links = groups(LINK, text(file));
                links.removeIf(link -> link.matches("[a-z]+:.*"));
                found += links.size();
                links.removeIf(link -> Files.exists(file.resolveSibling(link)));
                links.forEach(link -> broken.add(ROOT.relativize(file) + ": " + link));
            }
        }
        assertThat(found).as("links to files").isGreaterThan(20);
        assertThat(broken).as("links that lead nowhere").isEmpty();
    }

    /** Every library on the class path of this module, which is the program's with the tests' added, has its row in docs/security.md. */
    @Test
    void everyDependencyIsDocumented() throws IOException {
        Pattern jar = Pattern.compile("([a-z][a-z0-9-]*?)-([0-9][A-Za-z0-9.-]*)\\.jar");
        Set<String> used = new TreeSet<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator)) {
            Matcher name = jar.matcher(Path.of(entry).getFileName().toString());
            if (name.matches() && !name.group(1).startsWith("intarsia") && !name.group(1).startsWith("surefire")) {
                used.add(name.group(1) + " " + name.group(2));
            }
        }
        assertThat(used).hasSizeGreaterThan(25);
        String document = text(ROOT.resolve("docs/security.md"));
        String product = document.substring(document.indexOf("### Product"), document.indexOf("### Tests"));
        assertThat(libraries(document)).as("docs/security.md").containsAll(used);
        assertThat(used).as("the class path").containsAll(libraries(product));
    }

    private static Set<String> libraries(String document) {
        return Pattern.compile("(?m)^\\| ([a-z0-9-]+) \\| ([0-9][^ ]*) \\|").matcher(document).results()
                .map(row -> row.group(1) + " " + row.group(2)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everySettingIsDocumented() throws IOException {
        Set<String> used = new TreeSet<>();
        Set<String> packages = new TreeSet<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".java")) {
                packages.addAll(groups(Pattern.compile("(?m)^package ([a-z.]+);"), text(file)));
            }
            if (name.matches(".*\\.(java|sh|py|R)") || name.equals("pom.xml") || !name.contains(".")) {
                used.addAll(groups(SETTING, text(file)));
            }
        }
        used.removeAll(packages);
        assertThat(used).as("settings found in the sources").contains("intarsia.kernels", "intarsia.terminal", "INTARSIA_JDK",
                "BENCH_PEERS", "XDG_CACHE_HOME");
        Set<String> documented = groups(DOCUMENTED, text(ROOT.resolve("docs/environment.md")));
        assertThat(documented).as("docs/environment.md, a row for each setting").containsAll(used);
        documented.removeIf(setting -> !setting.matches("(intarsia\\.|INTARSIA_|BENCH_).*"));
        assertThat(used).as("the sources, of what docs/environment.md lists").containsAll(documented);
    }

    @Test
    void theGlossaryNamesClassesThatExist() throws IOException {
        Set<String> classes = new TreeSet<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".java")) {
                classes.add(name.replace(".java", ""));
            }
        }
        // Of a name in the code, the class is the first part with a capital: `models.data.Task`, `Task.blocks()`.
        Set<String> named = groups(Pattern.compile("`(?:[a-z0-9]+\\.)*([A-Z][A-Za-z0-9]{2,})(?:\\.[A-Za-z]+(?:\\(\\))?)*`"),
                text(ROOT.resolve("docs/glossary.md")));
        assertThat(named).hasSizeGreaterThan(50);
        named.removeAll(classes);
        assertThat(named).as("names in docs/glossary.md that no file has").isEmpty();
    }

    /** Keys that the readers allow outside {@code [fit]}; a key is a row of a table there, or a section. */
    @Test
    void everyKeyOfAStudyFileIsDocumented() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Path file : files()) {
            if (file.getParent().endsWith("src/main/java/intarsia/models/files")) {
                groups(Pattern.compile("(?:\\.only|KEYS = List\\.of)\\(((?:\\s*\"[a-z_]+\",?)+)\\)"), text(file))
                        .forEach(keys -> read.addAll(groups(Pattern.compile("\"([a-z_]+)\""), keys)));
            }
        }
        assertThat(read).as("keys found in the readers").contains("name", "positive", "group", "header_line");
        String document = text(ROOT.resolve("docs/study-file.md"));
        Set<String> documented = groups(DOCUMENTED, document);
        documented.addAll(groups(Pattern.compile("(?m)^## \\[([a-z]+)"), document));
        assertThat(documented).as("docs/study-file.md, a row or a section for each key").containsAll(read);
    }

    @Test
    void theReferenceOfFitKeysIsThatOfTheCode() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/study-file.md"));
        String mark = "FitReference -->\n";
        String right = document.substring(0, document.indexOf(mark) + mark.length()) + FitReference.markdown();
        Path written = Files.writeString(Path.of("target/study-file.md"), right);
        assertThat(document).as("docs/study-file.md; the right one is in " + written.toAbsolutePath()).isEqualTo(right);
    }

    /** A file that may hold any bytes; what is looked for is ASCII. */
    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static Set<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results()
                .map(match -> {
                    int group = 1;
                    while (match.group(group) == null) {
                        group++;
                    }
                    return match.group(group);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All files but what was built and git's own. */
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return Set.of("target", ".git").contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
