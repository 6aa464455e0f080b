import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Writes a site of static pages: every Markdown file of the repository as a page at the same place, the files that they link to, a gallery
 * of all figures, and one menu. A link that leads nowhere, on the page or beyond it, is an error. A program of the build, not of the
 * product: {@code ./build site}.
 */
final class Site {
    /** The menu: a heading, then pages as {@code file|title}. */
    private static final List<List<String>> MENU = List.of(
            List.of("Start", "README.md|Intarsia", "docs/choosing-a-model.md|Choosing a model", "docs/comparison.md|Other libraries",
                    "docs/gallery.md|Gallery", "docs/citing.md|How to cite"),
            List.of("Tutorials", "docs/tutorials/README.md|All tutorials", "docs/tutorials/first-study.md|Your first study",
                    "docs/tutorials/mtl-hmb.md|Missing blocks", "docs/tutorials/dual-encoder.md|Shared and own",
                    "docs/tutorials/tenmtl.md|42 patients", "docs/tutorials/gp.md|Gaussian process",
                    "docs/tutorials/transfer.md|A new hospital joins", "docs/tutorials/survival.md|Times to an event",
                    "docs/tutorials/why.md|Why did it say so", "docs/tutorials/papers.md|Tables of the papers"),
            List.of("Tutorials in Java", "docs/tutorials/java.md|Your own records", "docs/tutorials/autodiff.md|A network of your own",
                    "docs/tutorials/lasso.md|Lasso and GLM", "docs/tutorials/hosvd.md|HOSVD and Tucker",
                    "docs/tutorials/own-estimator.md|Your own estimator", "docs/tutorials/own-study.md|Your own study",
                    "docs/tutorials/correctness.md|Correctness", "docs/tutorials/performance.md|Performance"),
            List.of("Concepts", "docs/glossary.md|Glossary", "docs/imputation.md|Imputation", "docs/uncertainty.md|Uncertainty",
                    "docs/open-questions.md|Open questions", "docs/field-cases.md|Cases from the field"),
            List.of("Reference", "docs/study-file.md|Study file", "docs/tables.md|Tables", "docs/environment.md|Environment",
                    "docs/cluster.md|On a cluster", "docs/security.md|Security"),
            List.of("From programs", "docs/json.md|JSON output", "docs/recipes.md|JShell, JBang, Jupyter", "python/README.md|Python",
                    "r/README.md|R", "docs/onnx.md|ONNX", "docs/release.md|Release and use", "api/index.html|Java API"),
            List.of("Figures", "docs/studies/README.md|Studies", "docs/panel.md|Panel", "docs/performance.md|Performance",
                    "docs/elementary.md|Elementary functions"),
            List.of("Project", "docs/design.md|Design", "docs/decisions.md|Decisions", "docs/lab-notes.md|Lab notes",
                    "docs/mutation.md|Mutation tests", "CONTRIBUTING.md|Contributing", "CHANGELOG.md|Changes"));
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", "node_modules");
    private static final Pattern LINK = Pattern.compile("(href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern DIAGRAM = Pattern.compile("(?s)<pre><code class=\"language-mermaid\">(.*?)</code></pre>");
    private static final Pattern BOX = Pattern.compile("\\[([^\\]]*)\\]");

    private final Path root;
    private final Path site;
    private final List<Extension> extensions = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private final Parser parser = Parser.builder().extensions(extensions).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder().extensions(extensions).build();
    private final List<String> dead = new ArrayList<>();

    private Site(Path root, Path site) {
        this.root = root;
        this.site = site;
    }

    /** With the repository and the folder to write, where {@code api} may lie already. */
    public static void main(String[] arguments) throws IOException {
        Site site = new Site(Path.of(arguments[0]).toRealPath(), Path.of(arguments[1]).toAbsolutePath());
        int pages = site.write();
        site.check();
        site.dead.forEach(System.err::println);
        System.out.println("site: " + pages + " pages, " + site.dead.size() + " dead links");
        System.exit(site.dead.isEmpty() ? 0 : 1);
    }

    private int write() throws IOException {
        Files.createDirectories(site);
        Files.copy(root.resolve("release/site/style.css"), site.resolve("style.css"), StandardCopyOption.REPLACE_EXISTING);
        List<Path> sources = files(root, ".md");
        for (Path source : sources) {
            page(source, Files.readString(source));
        }
        page(root.resolve("docs/gallery.md"), gallery());
        Files.copy(site.resolve("README.html"), site.resolve("index.html"), StandardCopyOption.REPLACE_EXISTING);
        return sources.size() + 1;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                return LEFT_OUT.contains(dir.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().endsWith(ending)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    /** All figures of all studies, each study with a link to its tables. */
    private String gallery() throws IOException {
        StringBuilder text = new StringBuilder("# Gallery\n\nThe page that `fit` writes, and all figures of the studies.\n\n"
                + "![The top of report.html](report.png)\n");
        Path before = null;
        for (Path figure : files(root.resolve("docs/studies"), ".svg")) {
            Path study = figure.getParent().getParent();
            String name = root.resolve("docs/studies").relativize(study).toString();
            if (!study.equals(before)) {
                text.append("\n## ").append(name).append("\n\n[The tables](studies/").append(name).append("/tables.md)\n\n");
            }
            before = study;
            String title = figure.getFileName().toString().replace(".svg", "").replace('-', ' ');
            text.append("![").append(name).append(": ").append(title).append("](").append(root.resolve("docs").relativize(figure))
                    .append(")\n");
        }
        return text.toString();
    }

    private void page(Path source, String markdown) throws IOException {
        Path target = site.resolve(html(root.relativize(source).toString()));
        Files.createDirectories(target.getParent());
        String up = "../".repeat(root.relativize(source).getNameCount() - 1);
        Matcher heading = Pattern.compile("(?m)^# (.*)$").matcher(markdown);
        String title = heading.find() ? heading.group(1) : source.getFileName().toString();
        String body = diagrams(renderer.render(parser.parse(markdown)));
        Files.writeString(target, """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="stylesheet" href="%sstyle.css">
                </head>
                <body>
                <nav>
                %s</nav>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(escaped(title), up, menu(up, root.relativize(source).toString()), links(source, body)));
    }

    private static String menu(String up, String here) {
        return MENU.stream().map(group -> "<h2>" + group.getFirst() + "</h2>\n<ul>\n" + group.stream().skip(1).map(entry -> {
            String[] parts = entry.split("\\|");
            return "<li><a" + (parts[0].equals(here) ? " aria-current=\"page\"" : "") + " href=\"" + up + html(parts[0]) + "\">" + parts[1]
                    + "</a></li>\n";
        }).collect(Collectors.joining()) + "</ul>\n").collect(Collectors.joining());
    }

    /** A chain of boxes, which is all that diagrams are here. */
    private static String diagrams(String body) {
        return DIAGRAM.matcher(body).replaceAll(diagram -> Matcher.quoteReplacement("<ol class=\"chain\">"
                + BOX.matcher(diagram.group(1)).results().map(box -> "<li>" + box.group(1).replace("&lt;br&gt;", " ") + "</li>")
                        .collect(Collectors.joining()) + "</ol>"));
    }

    /** Markdown files are pages; all other files that are linked to come along. */
    private String links(Path source, String body) {
        return LINK.matcher(body).replaceAll(link -> {
            String target = link.group(2);
            if (target.isEmpty() || target.startsWith("#") || target.matches("[a-z]+:.*")) {
                return Matcher.quoteReplacement(link.group());
            }
            String[] parts = target.split("#", 2);
            Path file = source.resolveSibling(parts[0]).normalize();
            if (Files.isDirectory(file)) {
                file = Files.exists(file.resolve("README.md")) ? file.resolve("README.md") : listed(file);
            }
            String name = file.toString().endsWith(".md") ? html(file.toString()) : copied(file);
            String relative = source.getParent().relativize(Path.of(name)).toString();
            return Matcher.quoteReplacement(link.group(1) + "=\"" + relative + (parts.length > 1 ? "#" + parts[1] : "") + "\"");
        });
    }

    private String copied(Path file) {
        Path target = site.resolve(root.relativize(file).toString());
        try {
            if (Files.isRegularFile(file) && !Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }

    /** A folder without a page of its own is a list of its files. */
    private Path listed(Path folder) {
        Path page = folder.resolve("files.md");
        try (Stream<Path> files = Files.list(folder)) {
            String list = files.filter(Files::isRegularFile).sorted().map(file -> file.getFileName().toString())
                    .map(name -> "- [" + name + "](" + name + ")\n").collect(Collectors.joining());
            if (!Files.exists(site.resolve(html(root.relativize(page).toString())))) {
                page(page, "# " + root.relativize(folder) + "\n\n" + list);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page;
    }

    private void check() throws IOException {
        Map<Path, Set<String>> anchors = new HashMap<>();
        for (Path page : files(site, ".html")) {
            if (page.startsWith(site.resolve("api"))) {
                continue;
            }
            for (Matcher link = LINK.matcher(Files.readString(page)); link.find();) {
                String[] parts = link.group(2).split("#", 2);
                if (parts[0].matches("[a-z]+:.*")) {
                    continue;
                }
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
                boolean there = Files.isRegularFile(target);
                if (there && parts.length > 1 && target.toString().endsWith(".html")) {
                    there = anchors.computeIfAbsent(target, Site::anchors).contains(parts[1]);
                }
                if (!there) {
                    dead.add(site.relativize(page) + ": " + link.group(2));
                }
            }
        }
    }

    private static Set<String> anchors(Path page) {
        try {
            return ID.matcher(Files.readString(page)).results().map(id -> id.group(1)).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String html(String file) {
        return file.endsWith(".md") ? file.substring(0, file.length() - 3) + ".html" : file;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
