package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages that fit and evaluate write, read as text and opened in a browser; names are as hostile as names can be. */
class ReportTest {
    private static final String TASK = "<script>alert(1)<script>";
    private static final String STUDY = "</title></style><script>alert(2)</script>\\\"'&";
    private static final String SOURCE = "<img src=x onerror=alert(3)>";
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir
    private static Path folder;

    private static Path report;
    private static Path evaluated;
    private static Path explained;

    /** The study is judged, and then its model again on rows of its own. */
    @BeforeAll
    static void fit() throws IOException {
        Path study = Files.createDirectory(folder.resolve("study"));
        Files.writeString(study.resolve("study.toml"), """
                name = "%s"
                [response]
                column = "ill & <b>"
                kind = "binary"
                [tasks]
                "%s" = "first.csv"
                second = "second.csv"
                [sources]
                exam = ["age"]
                "%s" = ["<u>"]
                [fit]
                baselines = ["regression", "mean"]
                """.formatted(STUDY, TASK, SOURCE));
        Files.writeString(study.resolve("first.csv"), rows(90, true, 1));
        Files.writeString(study.resolve("second.csv"), rows(70, false, 2));
        Program program = new Program();
        String run = folder.resolve("run").toString();
        assertThat(program.run("fit", study.toString(), "--model", "pooled-regression", "--repeats", "3", "--out", run, "--quiet",
                "--kernels", "scalar"))
                .as(program.err.toString()).isZero();
        report = folder.resolve("run/report.html");
        assertThat(program.out.toString()).contains("the report is in " + report);
        assertThat(program.run("evaluate", run, study.resolve("first.csv").toString(), "--task", TASK, "--out",
                folder.resolve("judged").toString()))
                .as(program.err.toString()).isZero();
        evaluated = folder.resolve("judged/report.html");
        assertThat(program.run("explain", run, study.resolve("first.csv").toString(), "--task", TASK, "--out",
                folder.resolve("explained").toString()))
                .as(program.err.toString()).isZero();
        explained = folder.resolve("explained/report.html");
    }

    private static String rows(int count, boolean both, long seed) {
        RandomStream random = RandomStream.of(seed);
        StringBuilder rows = new StringBuilder(both ? "age,<u>,ill & <b>\n" : "age,ill & <b>\n");
        for (int i = 0; i < count; i++) {
            int age = 30 + random.nextInt(41);
            rows.append(age).append(both ? "," + random.nextInt(9) : "").append(',')
                    .append(random.nextDouble() < (age > 50 ? 0.9 : 0.1) ? 1 : 0)
                    .append('\n');
        }
        return rows.toString();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void namesWithMarkupAreText() throws IOException {
        for (Path page : List.of(report, evaluated, explained)) {
            String html = Files.readString(page);
            assertThat(html).contains("&lt;script&gt;alert(1)&lt;script&gt;").doesNotContain("<script", "<img", "<b>", "<u>");
        }
        assertThat(Files.readString(report))
                .contains("&lt;/title&gt;&lt;/style&gt;&lt;script&gt;alert(2)", "&lt;img src=x onerror=alert(3)&gt;");
    }

    @Test
    void nothingIsBesideThePage() throws IOException {
        for (Path page : List.of(report, evaluated, explained)) {
            String html = Files.readString(page);
            assertThat(found("<[^>]*(?:src|href|url)[=(][^>]*>", html))
                    .allSatisfy(tag -> assertThat(tag).containsPattern("href=\"#|url\\(#"));
            assertThat(html).doesNotContain("@import", "<iframe", "<object", "<embed", "<link");
            assertThat(Files.size(page)).isLessThan(1_500_000);
        }
    }

    @Test
    void everyPictureHasTextAndNumbers() throws Exception {
        for (Path page : List.of(report, evaluated, explained)) {
            String html = Files.readString(page);
            List<String> pictures = found("(?s)<svg [^>]*role=\"img\".*?</svg>", html);
            assertThat(pictures).hasSize(found("<figure", html).size()).hasSameSizeAs(found("<details><summary>Numbers", html));
            for (String picture : pictures) {
                assertThat(picture).containsPattern("<title id=\"figure-\\d+-title\">[^<]+</title>")
                        .containsPattern("<desc id=\"[^\"]+\">[^<]+</desc>");
                assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder()
                        .parse(new java.io.ByteArrayInputStream(picture.getBytes(
                        java.nio.charset.StandardCharsets.UTF_8))).getDocumentElement().getTagName()).isEqualTo("svg");
            }
            List<String> ids = found(" id=\"[^\"]+\"", html);
            assertThat(new HashSet<>(ids)).as("ids are there once").hasSameSizeAs(ids);
        }
        // blocks, methods, for each of two tasks a ROC curve, a calibration and importances; worth, and how alike tasks are
        assertThat(found("<figure", Files.readString(report))).hasSize(10);
        assertThat(found("<figure", Files.readString(evaluated))).hasSize(5);
        // sizes, rows, and for each of two columns its partial dependence and single rows
        assertThat(found("<figure", Files.readString(explained))).hasSize(6);
    }

    @Test
    void heldOutRowsAreThoseThatTheFiguresAreOf() throws IOException {
        List<String[]> lines = Files.readAllLines(folder.resolve("run/held-out.csv")).stream().map(line -> line.split(",")).toList();
        assertThat(lines.getFirst()).containsExactly("split", "method", "task", "row", "ill & <b>", "probability");
        double brier = lines.stream().filter(line -> line[0].equals("2") && line[1].equals("regression") && line[2].equals("second"))
                .mapToDouble(line -> Double.parseDouble(line[5]) - Double.parseDouble(line[4])).map(error -> error * error).average()
                .orElseThrow();
        String score = Files.readAllLines(folder.resolve("run/scores.csv")).stream()
                .filter(line -> line.startsWith("2,regression,second,brier,"))
                .findFirst().orElseThrow();
        assertThat(brier).isEqualTo(Double.parseDouble(score.substring(score.lastIndexOf(',') + 1)),
                org.assertj.core.data.Offset.offset(1e-12));
        List<String> responses = Files.readAllLines(folder.resolve("study/second.csv"));
        assertThat(lines.stream().filter(line -> line[2].equals("second"))).isNotEmpty().allSatisfy(line ->
                assertThat(responses.get(Integer.parseInt(line[3]))).endsWith("," + line[4].replace(".0", "")));
    }

    /** Parts of a prediction: sums by hand from the table that explain wrote. */
    @Test
    void saysWhatDrivesPredictions() throws IOException {
        String html = Files.readString(report);
        assertThat(html).contains("What drives predictions", "What a block is worth", "How alike tasks are", "Breiman: Random forests",
                "Importance is the rise of log loss");
        assertThat(html).containsPattern("Measuring <code>[^<]+</code> in second would (lower|raise) log loss by \\d");
        assertThat(Files.readAllLines(folder.resolve("run/importance.csv"))).first()
                .isEqualTo("task,source,column,change,rise,low,high,splits");
        assertThat(Files.readAllLines(folder.resolve("run/worth.csv"))).hasSize(1 + 4);
        assertThat(Files.readAllLines(folder.resolve("run/agreement.csv"))).hasSize(1 + 1);
    }

    @Test
    void saysHowItWasMade() throws IOException {
        String html = Files.readString(report);
        String sums = Files.readString(folder.resolve("run/provenance.json"));
        assertThat(found("[0-9a-f]{64}", sums)).hasSizeGreaterThan(3).allSatisfy(digest -> assertThat(html).contains(digest));
        assertThat(html).contains("--model pooled-regression --repeats 3", "corrected resampled t test", "Nadeau, Bengio",
                "Cox: Two further")
                .doesNotContain("--quiet");
    }

    @ParameterizedTest
    @CsvSource({"1200, false, light", "1200, true, dark", "500, false, narrow"})
    void aBrowserFetchesNothingAndComplainsOfNothing(int width, boolean dark, String name, @TempDir Path own) throws Exception {
        Browser browser = Browser.inFolder(own);
        for (Path page : List.of(report, evaluated, explained)) {
            // A copy that may run one script: what it loaded, dialogs, and how much wider than the window it is.
            String html = Files.readString(page);
            assertThat(html).contains(POLICY);
            Path copy = own.resolve("page.html");
            Files.writeString(copy, html.replace(POLICY, POLICY + "; script-src 'unsafe-inline'")
                    .replace("<head>", "<head><script>let dialogs = 0; "
                    + "window.alert = () => dialogs++</script>")
                    .replace("</body>", "<script>Object.assign(document.body.dataset, {dialogs, "
                            + "wide: Math.max(0, document.documentElement.scrollWidth - window.innerWidth), "
                            + "loaded: performance.getEntriesByType('resource').length})</script></body>"));
            String picture = page.getParent().getFileName() + "-" + name + ".png";
            Browser.Opened opened = browser.open(copy, width, dark, PICTURES.toAbsolutePath().resolve(picture));
            assertThat(opened.log()).isEmpty();
            assertThat(opened.document()).contains("data-dialogs=\"0\"", "data-wide=\"0\"", "data-loaded=\"0\"");
            assertThat(Files.size(PICTURES.resolve(picture))).isPositive();
        }
    }
}
