package dev.weir;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that hold across modules, read off the compiled classes. */
class ArchitectureTest {
  /** The wire protocols: state machines over bytes, without I/O. */
  private static final String[] CORES = {
    "dev.weir.http.fields..",
    "dev.weir.http.h1..",
    "dev.weir.http.h2..",
    "dev.weir.http.hpack..",
    "dev.weir.http.uri..",
    "dev.weir.names..",
    "dev.weir.websocket.deflate..",
    "dev.weir.websocket.frame..",
    "dev.weir.websocket.handshake..",
    "dev.weir.websocket.session..",
  };

  /** The modules from the lowest up: each may use those before it. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of(
              "dev.weir.loop..",
              "dev.weir.names..",
              "dev.weir.stream..",
              "dev.weir.net..",
              "dev.weir.raw..",
              "dev.weir.sniff..",
              "dev.weir.tls.."),
          List.of("dev.weir.http.."),
          List.of("dev.weir.websocket.."),
          List.of("dev.weir"),
          List.of(
              "dev.weir.cli..", "dev.weir.examples..", "dev.weir.natives..", "dev.weir.testkit.."));

  private static final JavaClasses WEIR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.weir");

  /** Addresses and URIs are values; what else the package holds reaches for the network. */
  private static final DescribedPredicate<JavaClass> NETWORK =
      resideInAPackage("java.net")
          .and(not(assignableTo(InetAddress.class)))
          .and(not(assignableTo(URI.class)))
          .and(not(assignableTo(URISyntaxException.class)));

  @Test
  void seesTheLibrary() {
    assertTrue(WEIR.contain("dev.weir.loop.Loop"), "no classes, no architecture");
    assertTrue(WEIR.contain("dev.weir.natives.posix.Libc"), "no classes, no architecture");
  }

  @Test
  void protocolCoresDoNoInputOrOutput() {
    noClasses()
        .that(resideInAnyPackage(CORES))
        .should()
        .dependOnClassesThat(
            NETWORK
                .or(resideInAnyPackage("java.nio.channels..", "java.nio.file..", "javax.net.."))
                .or(resideInAnyPackage("dev.weir.loop..", "dev.weir.net.."))
                .as("do I/O"))
        .allowEmptyShould(true)
        .check(WEIR);
  }

  @Test
  void protocolCoresAreGivenTimeChanceAndThreads() {
    noClasses()
        .that(resideInAnyPackage(CORES))
        .should()
        .dependOnClassesThat(
            assignableTo(Thread.class)
                .or(assignableTo(Clock.class))
                .or(assignableTo(java.util.random.RandomGenerator.class))
                .or(resideInAPackage("java.util.concurrent.."))
                .as("are clocks, random sources, threads or locks"))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .allowEmptyShould(true)
        .check(WEIR);
  }

  /** A file is a channel everywhere, and a kind of our own has methods that name the others. */
  @Test
  void channelsAreTheNioLoopsAlone() {
    noClasses()
        .that(
            resideInAPackage("dev.weir..")
                .and(not(resideInAPackage("dev.weir.loop.nio..")))
                .and(not(assignableTo(FileChannel.class)))
                .and(not(describe("adopt channels", c -> c.getSimpleName().endsWith("Adoption")))))
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.nio.channels..")
                .and(not(assignableTo(FileChannel.class)))
                .and(not(resideInAPackage("java.nio.channels").and(isNestedIn(FileChannel.class))))
                .and(not(assignableTo(Throwable.class))))
        .check(WEIR);
  }

  @Test
  void nativeCodeIsReachedByOneModuleAlone() {
    noClasses()
        .that(
            resideInAPackage("dev.weir..")
                .and(not(resideInAPackage("dev.weir.natives..")))
                .and(not(resideInAPackage("dev.weir.bench.."))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(WEIR);
  }

  /** Loops know of sockets and of nothing that runs on them. */
  @Test
  void nativeLoopsUseTheirInterfaceAlone() {
    noClasses()
        .that(resideInAPackage("dev.weir.natives.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.weir..")
                .and(not(resideInAnyPackage("dev.weir.natives..", "dev.weir.loop.spi.."))))
        .check(WEIR);
  }

  @Test
  void lowerNeverUsesUpper() {
    for (int lower = 0; lower < LAYERS.size(); lower++) {
      String[] uppers =
          LAYERS.subList(lower + 1, LAYERS.size()).stream()
              .flatMap(List::stream)
              .toArray(String[]::new);
      if (uppers.length > 0) {
        noClasses()
            .that()
            .resideInAnyPackage(LAYERS.get(lower).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(uppers)
            .allowEmptyShould(true)
            .check(WEIR);
      }
    }
  }

  @Test
  void librariesPrintNothing() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(WEIR);
  }

  /** Jazzer fuzzes one method a JVM and skips the others; the build looks for classes so named. */
  @ParameterizedTest
  @ValueSource(strings = {"weir-core", "weir-http", "weir-websocket", "weir-cli"})
  void oneFuzzTestInAClassOfThatName(String module) throws IOException {
    Path tests = Path.of("..", module, "target", "test-classes");
    if (Files.notExists(tests)) {
      return;
    }
    for (JavaClass c : new ClassFileImporter().importPath(tests)) {
      long fuzzTests =
          c.getMethods().stream().filter(m -> m.isAnnotatedWith(FuzzTest.class)).count();
      assertEquals(c.getSimpleName().endsWith("FuzzTest") ? 1 : 0, fuzzTests, c.getName());
    }
  }

  private static DescribedPredicate<JavaClass> isNestedIn(Class<?> outer) {
    return describe("nested in " + outer, c -> c.getName().startsWith(outer.getName() + "$"));
  }
}
