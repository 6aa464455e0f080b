package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is printed and how files are called does not depend on the locale. Everything runs in a shell, as names beyond ASCII need one that
 * has them.
 */
class LocaleTest {
    /** The launcher's own way to start Java, without what builds the program. */
    private static final String LAUNCH = ". \"$HOME_OF_INTARSIA/.mvn/utf8.sh\"; use_utf8; intarsia() { \"$JAVA\" -XX:TieredStopAtLevel=1 "
            + "\"${utf8_flags[@]}\" -cp \"$CLASSES\" intarsia.cli.Main \"$@\"; }\n";
    private static final String STUDY = "mkdir $'studie-\\303\\274'; cd $'studie-\\303\\274'\n"
            + "printf '[response]\\ncolumn=\"y\"\\nkind=\"binary\"\\n[tasks]\\n\"z\\303\\274rich\"=\"z\\303\\274rich.csv\"\\n"
            + "south=\"south.csv\"\\n[sources]\\nvitals=[\"x\"]\\nlabs=[\"z\"]\\n[fit]\\nwidth=4\\ndepth=1\\nimputer_width=4\\n"
            + "imputer_depth=1\\nepochs=2\\nsingle_task_width=4\\n"
            + "single_task_depth=1\\n' > study.toml\n"
            + "echo x,z,y > $'z\\303\\274rich.csv'; echo x,y > south.csv; echo task,x > new.csv\n"
            + "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $i,$((i % 4)),$((i % 2)) >> $'z\\303\\274rich.csv'; echo $i,$((i "
            + "% 2)) >> south.csv; done\n"
            + "printf 'z\\303\\274rich,3\\n' >> new.csv; cd ..\n";

    @TempDir
    private Path folder;
    private String said;

    @BeforeEach
    void needsAShell() throws Exception {
        assumeTrue(shell("C", "true") == 0, "no bash here");
    }

    private int shell(String locale, String script) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c",
                script).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().remove("LANG");
        builder.environment().remove("LC_CTYPE");
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        builder.environment().put("HOME_OF_INTARSIA", Path.of("..").toRealPath().toString());
        Process process = builder.start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        said = Files.readString(output, StandardCharsets.UTF_8);
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
    void readsAndWritesNamesBeyondAscii(String locale) throws Exception {
        assertThat(shell(locale, LAUNCH + STUDY + "intarsia describe $'studie-\\303\\274'")).as(said).isZero();
        assertThat(said).contains("z\u00FCrich    12       0.500  z\u00FCrich.csv");
        String fit = "intarsia fit $'studie-\\303\\274' --out run --repeats 1 --quiet > log 2>&1 && intarsia predict run "
                + "$'studie-\\303\\274/new.csv' 2>/dev/null";
        assertThat(shell(locale, LAUNCH + fit)).as(said).isZero();
        assertThat(said).startsWith("row,task,probability,note\n1,z\u00FCrich,0.");
        assertThat(shell(locale, LAUNCH + "intarsia impute run --out done && cd done && sha256sum -c SHA256SUMS && ls "
                + "$'z\\303\\274rich.csv'")).as(said).isZero();
    }

    /** Started without the launcher, Java cannot name the files; it prints UTF-8 all the same and says what to do. */
    @Test
    void saysWhatToSetWithoutTheLauncher() throws Exception {
        String plain = "intarsia() { \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CLASSES\" intarsia.cli.Main \"$@\"; }\n";
        assertThat(shell("POSIX", plain + STUDY + "mv studie* s; intarsia describe s")).isEqualTo(2);
        assertThat(said).isEqualTo("intarsia: s/study.toml:5:1: 'z\u00FCrich.csv' cannot be the name of a file here: the "
                + "system's locale cannot write it; "
                + "set LC_ALL=C.UTF-8\n");
        assertThat(shell("POSIX", plain + "intarsia describe $'studie-\\303\\274'")).isEqualTo(2);
        assertThat(said.lines()).hasSize(1);
        assertThat(said).contains("(encoding ANSI_X3.4-1968); set LC_ALL=C.UTF-8");
    }

    @Test
    void theLauncherStartsJavaThisWay() throws IOException {
        assertThat(Files.readString(Path.of("../intarsia"))).contains(". \"$home/.mvn/utf8.sh\"", "\nuse_utf8\n");
        assertThat(Files.readString(Path.of("../.mvn/start.sh"))).contains("flags+=(\"${utf8_flags[@]}\")");
    }

    @Test
    void saysThatStandardOutputIsFull() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        assertThat(shell("C", LAUNCH + "intarsia --help > /dev/full")).isEqualTo(2);
        assertThat(said).isEqualTo("intarsia: standard output cannot be written: No space left on device\n");
        assertThat(shell("C", LAUNCH + "intarsia --help | true; echo ${PIPESTATUS[0]}")).isZero();
        assertThat(said).isEqualTo("0\n");
    }
}
