package intarsia.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Chromium without a window, where it is installed; tests that ask for it are skipped elsewhere. */
final class Browser {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Path program;
    private final Path folder;

    private Browser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** The one that is installed, working in a folder of its own. */
    static Browser inFolder(Path folder) {
        Path found = Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name))).filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(found != null, "no browser to open the page with: apt-get install chromium");
        return new Browser(found, folder);
    }

    /**
     * What came of opening a page.
     *
     * @param document after it was laid out, as HTML
     * @param log      what the browser wrote to the console for it, a line each: errors, and what its policy forbade
     */
    record Opened(String document, List<String> log) {}

    /** Opens a page in a window this wide, light or dark, and takes a picture of it. */
    Opened open(Path page, int width, boolean dark, Path picture) throws IOException, InterruptedException {
        List<String> look = List.of("--window-size=" + width + ",1200", "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1));
        String document = run(look, "--dump-dom", page.toUri().toString());
        Files.createDirectories(picture.getParent());
        run(look, "--screenshot=" + picture, page.toUri().toString());
        List<String> log = Files.readAllLines(folder.resolve("log.txt")).stream().filter(line -> line.contains("CONSOLE")).toList();
        return new Opened(document, log);
    }

    private String run(List<String> look, String... what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--hide-scrollbars",
                "--disable-background-networking", "--disable-component-update", "--no-first-run", "--proxy-server=127.0.0.1:9",
                "--user-data-dir=" + folder.resolve("profile"), "--enable-logging=stderr"));
        command.addAll(look);
        command.addAll(List.of(what));
        Path out = folder.resolve("out.html");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log.txt")
                .toFile())).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("the browser did not end");
        }
        return Files.readString(out);
    }
}
