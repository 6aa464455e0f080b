package intarsia.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Rules of architecture, read from the compiled classes: arrows point down only, and what would make bits depend on the platform stays out.
 */
class ArchitectureTest {
    private static final String LINALG = "intarsia.linalg..";
    private static final String AUTODIFF = "intarsia.autodiff..";
    private static final String OPTIM = "intarsia.optim..";
    private static final String MODELS = "intarsia.models..";
    /** What reads, writes and draws: modules above the core of models, with needs of their own. */
    private static final String[] AROUND = {"intarsia.models.files..", "intarsia.models.report..", "intarsia.models.study..",
        "intarsia.models.trees..", "intarsia.models.parquet..", "intarsia.models.federated.."};
    private static final String CLI = "intarsia.cli..";
    private static final String[] ENGINE = {LINALG, AUTODIFF, OPTIM, MODELS};

    /** Exact or correctly rounded everywhere; all else of Math may differ from platform to platform, or from interpreter to compiler. */
    private static final Set<String> EXACT = Set.of("abs", "max", "min", "sqrt", "fma", "rint", "floor", "ceil", "round", "signum",
            "copySign", "scalb",
            "getExponent", "ulp", "nextUp", "nextDown", "clamp", "floorMod", "floorDiv", "ceilDiv", "toIntExact", "addExact",
                    "multiplyExact", "multiplyHigh");

    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("intarsia");

    @Test
    void allModulesAreRead() {
        for (String module : new String[] {"linalg", "linalg.simd", "linalg.opencl", "autodiff", "autodiff.plan", "optim", "models",
                "models.hmb", "models.files", "models.report", "models.trees", "models.parquet", "models.federated", "cli"}) {
            assertThat(CLASSES.stream().anyMatch(c -> c.getPackageName().equals("intarsia." + module))).as(module).isTrue();
        }
    }

    @Test
    void arrowsPointDownOnly() {
        onlyOn(LINALG, LINALG);
        onlyOn(AUTODIFF, AUTODIFF, LINALG);
        onlyOn(OPTIM, OPTIM, LINALG);
        onlyOn(MODELS, MODELS, AUTODIFF, OPTIM, LINALG);
        noClasses().that().resideInAPackage(MODELS).and().resideOutsideOfPackages(AROUND)
                .should().dependOnClassesThat().resideInAnyPackage(AROUND).check(CLASSES);
    }

    @Test
    void nothingNeedsTheOptionalParquet() {
        noClasses().that().resideOutsideOfPackage("intarsia.models.parquet..").should().dependOnClassesThat()
                .resideInAnyPackage("intarsia.models.parquet..", "dev.hardwood..").check(CLASSES);
    }

    @Test
    void nothingNeedsTheOptionalTrees() {
        noClasses().that().resideOutsideOfPackage("intarsia.models.trees..").should().dependOnClassesThat()
                .resideInAnyPackage("intarsia.models.trees..", "ml.dmlc..").check(CLASSES);
    }

    /** Its module is not even on this class path. */
    @Test
    void nothingNeedsTheOptionalSpark() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("intarsia.models.spark..", "org.apache.spark..", "scala..")
                .check(CLASSES);
    }

    private static void onlyOn(String packages, String... allowed) {
        noClasses().that().resideInAPackage(packages)
                .should().dependOnClassesThat(resideInAnyPackage("intarsia..").and(not(resideInAnyPackage(allowed)))).check(CLASSES);
    }

    /** A name that two rooms use is asked after in both. */
    @Test
    void noTwoClassesHaveOneName() {
        Map<String, List<String>> byName = CLASSES.stream().filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, TreeMap::new, Collectors.mapping(JavaClass::getName,
                        Collectors.toList())));
        assertThat(byName.values()).filteredOn(names -> names.size() > 1).isEmpty();
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("intarsia.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theEngineNeedsTheJdkAndEjmlOnly() {
        classes().that().resideInAnyPackage(ENGINE).and().resideOutsideOfPackages(AROUND)
                .should().onlyDependOnClassesThat(resideInAnyPackage("java..", "com.sun.management..", "jdk.incubator.vector..",
                        "org.ejml..", "intarsia..")).check(CLASSES);
        noClasses().that().resideOutsideOfPackage("intarsia.linalg.decomposition..").should().dependOnClassesThat()
                .resideInAPackage("org.ejml..").check(CLASSES);
        noClasses().that().resideOutsideOfPackage("intarsia.linalg.simd..").should().dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..").check(CLASSES);
        // XGBoost, a native library itself, takes a margin of several columns from native memory only
        noClasses().that().resideOutsideOfPackages("intarsia.linalg.opencl..", "intarsia.models.trees..").should().dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..").check(CLASSES);
    }

    @Test
    void theEngineUsesNoFunctionsThatDifferBetweenPlatforms() {
        noClasses().that().resideInAnyPackage(ENGINE).should().callMethodWhere(call("a function of Math that is not exact",
                c -> c.getTargetOwner().isEquivalentTo(Math.class) && !EXACT.contains(c.getName()))).check(CLASSES);
        noClasses().that().resideInAnyPackage(ENGINE).should().callMethodWhere(call("a sum over a vector's lanes",
                c -> c.getTargetOwner().getPackageName().startsWith("jdk.incubator.vector")
                        && c.getName().startsWith("reduceLanes"))).check(CLASSES);
    }

    @Test
    void onlyItsOwnPoolRunsInParallel() {
        noClasses().should().dependOnClassesThat().areAssignableTo(ForkJoinPool.class).check(CLASSES);
        noClasses().should().callMethodWhere(call("a parallel stream",
                c -> c.getName().equals("parallel") && c.getTargetOwner().isAssignableTo(BaseStream.class)
                        || c.getName().equals("parallelStream") && c.getTargetOwner().isAssignableTo(Collection.class)
                        || c.getName().startsWith("parallel") && c.getTargetOwner().isEquivalentTo(java.util.Arrays.class))).check(CLASSES);
    }

    @Test
    void onlyTheProgramEndsTheProcess() {
        noClasses().that().doNotHaveFullyQualifiedName("intarsia.cli.Main").should().callMethod(System.class, "exit",
                int.class).check(CLASSES);
        noClasses().that().doNotHaveFullyQualifiedName("intarsia.cli.Main").should().callMethodWhere(call("Runtime.halt or exit",
                c -> c.getTargetOwner().isEquivalentTo(Runtime.class) && Set.of("halt", "exit").contains(c.getName()))).check(CLASSES);
    }

    /** What docs/security.md says is never done. */
    @Test
    void nothingUsesTheNetworkOrRunsCodeFromFiles() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("java.rmi..", "javax.naming..", "javax.script..").check(CLASSES);
        // federated fits, which a person asks for by a command of its own; they name an address, the module speaks to it
        noClasses().that().resideOutsideOfPackage("intarsia.models.federated..").should().dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "javax.net..", "com.sun.net..").check(CLASSES);
        noClasses().that().resideOutsideOfPackage("intarsia.models.federated..").and().haveSimpleNameNotStartingWith("Federate")
                .should().dependOnClassesThat().resideInAPackage("java.net..").check(CLASSES);
        noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class)
                .orShould().dependOnClassesThat().areAssignableTo(ProcessBuilder.class)
                .orShould().dependOnClassesThat().areAssignableTo(Process.class).check(CLASSES);
    }

    @Test
    void librariesDoNotPrint() {
        noClasses().that().resideInAnyPackage(ENGINE).should().accessField(System.class, "out").orShould().accessField(System.class,
                "err").check(CLASSES);
    }

    @Test
    void randomNumbersComeFromStreamsWithAPath() {
        noClasses().that().resideInAnyPackage(ENGINE).should().dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)")
                .orShould().callMethod(Math.class, "random").check(CLASSES);
    }

    private static DescribedPredicate<JavaMethodCall> call(String what, java.util.function.Predicate<JavaMethodCall> which) {
        return DescribedPredicate.describe(what, which);
    }
}
