package dev.weir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a module exports is documented. */
class JavadocTest {
  @ParameterizedTest
  @ValueSource(strings = {"weir-core", "weir-http", "weir-websocket", "weir-testkit", "weir-front"})
  void everythingExportedHasJavadoc(String module) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> tree = Files.walk(Path.of("..", module, "src", "main", "java"))) {
      var sources = files.getJavaFileObjectsFromPaths(tree.filter(JavadocTest::isSource).toList());
      var task = (JavacTask) compiler.getTask(null, files, null, null, null, sources);
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      var undocumented = new Undocumented(DocTrees.instance(task));
      Set<String> exported = exportedBy(units);
      for (var unit : units) {
        if (unit.getPackage() != null && exported.contains(unit.getPackageName().toString())) {
          undocumented.scan(unit, null);
        }
      }
      assertEquals(Set.of(), undocumented.found);
    }
  }

  private static boolean isSource(Path path) {
    return path.toString().endsWith(".java");
  }

  private static Set<String> exportedBy(List<CompilationUnitTree> units) {
    Set<String> packages = new TreeSet<>();
    for (var unit : units) {
      if (unit.getModule() != null) {
        for (var directive : unit.getModule().getDirectives()) {
          if (directive instanceof ExportsTree exports) {
            packages.add(exports.getPackageName().toString());
          }
        }
      }
    }
    return packages;
  }

  /** Public types, their public methods and constructors; an override has its parent's words. */
  private static final class Undocumented extends TreePathScanner<Void, Void> {
    final Set<String> found = new TreeSet<>();
    private final DocTrees docs;

    Undocumented(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isPublic(type.getModifiers().getFlags())) {
        return null;
      }
      check(type.getSimpleName().toString());
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean inherits =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      if (!inherits && isPublic(method.getModifiers().getFlags())) {
        var type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
        check(type.getSimpleName() + "." + method.getName());
      }
      return null;
    }

    private boolean isPublic(Set<Modifier> modifiers) {
      Tree outer = getCurrentPath().getParentPath().getLeaf();
      return modifiers.contains(Modifier.PUBLIC)
          || (outer.getKind() == Tree.Kind.INTERFACE && !modifiers.contains(Modifier.PRIVATE));
    }

    private void check(String name) {
      if (docs.getDocComment(getCurrentPath()) == null) {
        found.add(name);
      }
    }
  }
}
