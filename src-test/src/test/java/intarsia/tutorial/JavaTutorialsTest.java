package intarsia.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.report.Figure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java of the tutorials is what a program that runs here says, and prints what the pages say. A block {@code java region="name"} is a
 * region of the program, or of another {@code class="Name"}; the block {@code text} after it is what that region prints. Right pages and
 * pictures are left in {@code target/tutorials}.
 */
class JavaTutorialsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGES = ROOT.resolve("docs/tutorials");
    private static final Path PROGRAMS = Path.of("src/test/java/intarsia/tutorial");
    private static final Path WRITTEN = Path.of("target/tutorials");
    private static final Pattern BLOCK = Pattern.compile(
            "(?ms)^```(java (?:class=\"(\\w+)\" )?region=\"([a-z-]+)\"|text|[^\\n]*)\\n(.*?)^```$");
    private static final Pattern START = Pattern.compile("\\s*// @start region=\"([a-z-]+)\"");
    private static final Pattern SNIPPET = Pattern.compile("\\{@snippet\\s+([^:}]*)\\}");
    private static final Pattern NAMED = Pattern.compile("class=\"intarsia\\.tutorial\\.(\\w+)\"\\s+region=\"([a-z-]+)\"\\s*");

    static Stream<Tutorial> programs() {
        return Stream.of(new JavaTutorial(), new AutodiffTutorial(), new LassoTutorial(), new HosvdTutorial(), new OwnEstimatorTutorial(),
                new OwnStudyTutorial(), new CorrectnessTutorial(), new PerformanceTutorial());
    }

    /** Of {@code OwnEstimatorTutorial}, the page {@code own-estimator.md}. */
    private static String page(Tutorial program) {
        return program.getClass().getSimpleName().replace("Tutorial", "").replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)
                + ".md";
    }

    @ParameterizedTest
    @MethodSource("programs")
    void thePageSaysWhatTheProgramSays(Tutorial program) throws Exception {
        String name = page(program);
        Run run = new Run();
        run.of(program);
        String text = Files.readString(PAGES.resolve(name));
        String right = right(text, program.getClass().getSimpleName(), run.printed);
        Files.createDirectories(WRITTEN.resolve("figures"));
        Files.writeString(WRITTEN.resolve(name), right);
        for (Figure figure : run.figures) {
            Files.writeString(WRITTEN.resolve("figures/" + figure.name() + ".svg"), figure.svg());
            Files.writeString(WRITTEN.resolve("figures/" + figure.name() + ".csv"), numbers(figure));
        }
        assertThat(text).as(name + "; the right page is " + WRITTEN.resolve(name).toAbsolutePath()).isEqualTo(right);
        assertThat(run.printed.keySet()).as("regions that print, and are quoted").isSubsetOf(quoted(text));
        for (Figure figure : run.figures) {
            String file = "figures/" + figure.name();
            assertThat(text).as(name).contains("](" + file + ".svg)");
            assertThat(PAGES.resolve(file + ".csv")).as("the right one, and its picture, are in " + WRITTEN.toAbsolutePath())
                    .hasContent(numbers(figure));
        }
    }

    /** Pages of commands quote the snippets that their Java is. */
    @Test
    void whatOtherPagesQuoteIsThere() throws IOException {
        Set<String> programs = programs().map(JavaTutorialsTest::page).collect(Collectors.toSet());
        List<String> wrong = new ArrayList<>();
        int found = 0;
        Files.createDirectories(WRITTEN);
        for (Path page : pages()) {
            String name = page.getFileName().toString();
            if (!programs.contains(name)) {
                String text = Files.readString(page);
                String right = right(text, "Snippets", Map.of());
                Files.writeString(WRITTEN.resolve(name), right);
                found += quoted(text).stream().filter(Objects::nonNull).toList().size();
                if (!text.equals(right) || text.contains("```java\n")) {
                    wrong.add(name);
                }
            }
        }
        assertThat(found).isGreaterThan(2);
        assertThat(wrong).as("pages whose Java is no region, or another one; the right ones are in " + WRITTEN.toAbsolutePath()).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    /** What a picture shows; where its marks are in pixels depends on the fonts of a machine. */
    private static String numbers(Figure figure) {
        return Stream.concat(Stream.of(figure.numbers().header()), figure.numbers().rows().stream())
                .map(row -> String.join(",", row) + "\n").collect(Collectors.joining());
    }

    /** The page with its blocks as they should be. */
    private static String right(String text, String program, Map<String, String> printed) throws IOException {
        Matcher block = BLOCK.matcher(text);
        StringBuilder right = new StringBuilder();
        String before = null;
        while (block.find()) {
            String region = block.group(3);
            String inside = block.group(4);
            if (region != null) {
                inside = region(block.group(2) == null ? program : block.group(2), region);
            } else if (block.group(1).equals("text") && before != null) {
                assertThat(printed).as("regions that print").containsKey(before);
                inside = printed.get(before);
            }
            before = region;
            block.appendReplacement(right, Matcher.quoteReplacement("```" + block.group(1) + "\n" + inside + "```"));
        }
        return block.appendTail(right).toString();
    }

    private static String region(String program, String name) throws IOException {
        Map<String, String> regions = regions(program);
        assertThat(regions).as("regions of " + program).containsKey(name);
        return regions.get(name);
    }

    private static List<String> quoted(String text) {
        return BLOCK.matcher(text).results().map(block -> block.group(3)).toList();
    }

    /** The regions of a program by name, without the indentation that their lines have in common. */
    private static Map<String, String> regions(String program) throws IOException {
        Map<String, String> regions = new LinkedHashMap<>();
        List<String> inside = null;
        String name = null;
        for (String line : Files.readAllLines(PROGRAMS.resolve(program + ".java"))) {
            Matcher start = START.matcher(line);
            if (start.matches()) {
                name = start.group(1);
                inside = new ArrayList<>();
            } else if (line.strip().equals("// @end")) {
                regions.put(name, String.join("\n", inside).stripIndent() + "\n");
                inside = null;
            } else if (inside != null) {
                inside.add(line);
            }
        }
        return regions;
    }

    /** Snippets in the API's pages name programs and regions that exist; {@code ./build site} includes them. */
    @Test
    void everySnippetOfTheApiIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (String module : List.of("linalg", "autodiff", "optim", "models", "cli")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                for (Path file : files.filter(path -> path.toString().matches(".*src[/\\\\]main[/\\\\]java.*\\.java")).toList()) {
                    for (Matcher snippet = SNIPPET.matcher(Files.readString(file)); snippet.find(); found++) {
                        Matcher named = NAMED.matcher(snippet.group(1));
                        if (!named.matches() || !Files.exists(PROGRAMS.resolve(named.group(1) + ".java"))
                                || !regions(named.group(1)).containsKey(named.group(2))) {
                            missing.add(ROOT.relativize(file) + ": " + snippet.group());
                        }
                    }
                }
            }
        }
        assertThat(found).as("snippets").isGreaterThan(5);
        assertThat(missing).isEmpty();
    }

    /** A program with its output caught, in the language of the pages. */
    private static final class Run implements Tutorial.Transcript {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final Map<String, String> printed = new LinkedHashMap<>();
        private final List<Figure> figures = new ArrayList<>();

        void of(Tutorial program) throws Exception {
            PrintStream usual = System.out;
            Locale locale = Locale.getDefault();
            try (PrintStream caught = new PrintStream(out, true, StandardCharsets.UTF_8)) {
                System.setOut(caught);
                Locale.setDefault(Locale.ROOT);
                program.run(this);
            } finally {
                System.setOut(usual);
                Locale.setDefault(locale);
            }
            assertThat(out.size()).as("printed after the last region").isZero();
        }

        @Override
        public void printed(String region) {
            String text = out.toString(StandardCharsets.UTF_8).lines()
                    .map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
            printed.put(region, text);
            out.reset();
        }

        @Override
        public void shows(Figure figure) {
            figures.add(figure);
        }
    }
}
