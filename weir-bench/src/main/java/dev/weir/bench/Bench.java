package dev.weir.bench;

import dev.weir.bench.report.Chart;
import dev.weir.bench.report.Journal;
import dev.weir.bench.report.Machine;
import dev.weir.bench.report.ResultFile;
import dev.weir.bench.report.Table;
import dev.weir.bench.run.Cores;
import dev.weir.bench.run.Installation;
import dev.weir.bench.run.Peer;
import dev.weir.bench.run.Site;
import dev.weir.bench.run.Surroundings;
import dev.weir.bench.run.Workload;
import dev.weir.bench.run.Workloads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code ./bench} command: Weir beside its peers, on this machine, in one run. */
@Command(
    name = "bench",
    description = "Measures Weir beside its peers, on this machine, in one run.",
    footer = {
      "",
      "bench micro [PATTERN] [OPTION...] runs JMH's benchmarks of the inner parts instead, with",
      "the allocation rate of each."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    version = "bench 0.1.0")
public final class Bench implements Callable<Integer> {
  @Parameters(
      paramLabel = "WORKLOAD",
      description = "What to measure; all when none is named. --list says which there are.")
  private List<String> workloads = List.of();

  @Option(names = "--peers", split = ",", description = "Only these (Weir is always among them).")
  private List<String> peers = List.of();

  @Option(names = "--rounds", description = "Rounds of each workload (${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(names = "--seconds", description = "Length of a round (${DEFAULT-VALUE}).")
  private double seconds = 3;

  @Option(names = "--warm-up", description = "Seconds of load before it (${DEFAULT-VALUE}).")
  private double warmUpSeconds = 10;

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "One more option for every JVM; may be given several times.")
  private List<String> jvmOptions = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      description = "Gets results.json and results.svg (weir-bench/target/results).")
  private @Nullable Path out;

  @Option(
      names = "--draw",
      description = "Measures nothing: reads --out, prints and draws it again.")
  private boolean draw;

  @Option(
      names = "--keep",
      description = "Keeps in --out what an earlier run measured of other workloads.")
  private boolean keep;

  @Option(names = "--install", description = "Installs Debian's packages first (as root).")
  private boolean install;

  @Option(names = "--list", description = "Lists workloads and peers.")
  private boolean list;

  @Option(names = "--root", hidden = true, defaultValue = ".")
  private Path root = Path.of(".");

  private final PrintStream console = System.out;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Workloads.all().forEach(w -> console.printf("%-20s %s%n", w.name(), w.title()));
      console.println("peers: " + String.join(", ", labels(Peer.ALL)));
      return CommandLine.ExitCode.OK;
    }
    Files.createDirectories(results());
    if (draw) {
      ResultFile earlier = ResultFile.read(results().resolve("results.json"));
      Journal journal = earlier.journal();
      journal.workloads().forEach(w -> console.println(new Table(journal).of(w)));
      finish(journal, installation());
      return CommandLine.ExitCode.OK;
    }
    if (install) {
      Installation.installPackages();
    }
    measure();
    return CommandLine.ExitCode.OK;
  }

  private void measure() throws IOException {
    List<Workload> chosen = chosenWorkloads();
    Set<Peer> wanted = wantedPeers();
    Installation installation = installation();
    installation.build().forEach(console::println);
    var cores = new Cores();
    var machine =
        Machine.here(installation.jvmOptions(), cores.pinning(), rounds, seconds, warmUpSeconds);
    console.println(machine);
    Journal journal = startingJournal(chosen);
    try (Site site = Site.make()) {
      var surroundings =
          new Surroundings(installation, site, cores, rounds, seconds, warmUpSeconds);
      List<Peer> present = present(wanted, installation);
      for (Workload workload : chosen) {
        List<Peer> suited = present.stream().filter(workload::suits).toList();
        console.printf("%n%s: %s%n", workload.name(), workload.title());
        workload.measure(suited, surroundings, journal);
        console.print(new Table(journal).of(workload.name()));
        ResultFile.of(machine, journal).write(results().resolve("results.json"));
      }
    }
    finish(journal, installation);
  }

  private Journal startingJournal(List<Workload> chosen) throws IOException {
    Path earlier = results().resolve("results.json");
    if (!keep || !Files.exists(earlier)) {
      return new Journal();
    }
    return ResultFile.read(earlier)
        .journalWithout(chosen.stream().map(Workload::name).collect(Collectors.toSet()));
  }

  private void finish(Journal journal, Installation installation) throws IOException {
    console.println();
    console.print(new Table(journal).goals());
    List<String> order = Workloads.all().stream().map(Workload::name).toList();
    installation.draw(Chart.of(journal, order), results().resolve("results.svg"));
  }

  private Path results() {
    return out != null ? out : root.resolve(Path.of("weir-bench", "target", "results"));
  }

  private Installation installation() {
    Path sources = root.resolve("weir-bench");
    Path target = sources.resolve("target").resolve("quick");
    var options = new ArrayList<>(Installation.JVM_OPTIONS);
    options.addAll(jvmOptions);
    return new Installation(
        sources, System.getProperty("java.class.path"), target.resolve("programs"), options);
  }

  private List<Workload> chosenWorkloads() {
    List<Workload> all = Workloads.all();
    for (String name : workloads) {
      if (all.stream().noneMatch(w -> w.name().equals(name))) {
        throw new CommandLine.ParameterException(
            new CommandLine(this),
            "no workload is called " + name + "; --list says which there are");
      }
    }
    return all.stream().filter(w -> workloads.isEmpty() || workloads.contains(w.name())).toList();
  }

  private Set<Peer> wantedPeers() {
    List<Peer> all = Peer.ALL;
    for (String label : peers) {
      if (!labels(all).contains(label)) {
        throw new CommandLine.ParameterException(
            new CommandLine(this), "no peer is called " + label + "; --list says which there are");
      }
    }
    var wanted = new LinkedHashSet<Peer>();
    for (Peer peer : all) {
      if (peers.isEmpty() || peer.label().equals("weir") || peers.contains(peer.label())) {
        wanted.add(peer);
      }
    }
    return wanted;
  }

  /** Those whose programs are there; what is missing is said once, with what would help. */
  private List<Peer> present(Set<Peer> wanted, Installation installation) {
    List<Peer> missing = wanted.stream().filter(p -> !p.isAvailable(installation)).toList();
    if (!missing.isEmpty()) {
      console.printf(
          "left out, since not installed: %s (./bench --install, or apt-get install %s)%n",
          String.join(", ", labels(missing)), String.join(" ", Installation.PACKAGES));
    }
    return wanted.stream().filter(p -> p.isAvailable(installation)).toList();
  }

  private static List<String> labels(List<Peer> of) {
    return of.stream().map(Peer::label).toList();
  }
}
