import static java.lang.classfile.ClassFile.JAVA_6_VERSION;
import static java.lang.classfile.ClassFile.JAVA_8_VERSION;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings classes of Java 5 in a jar to the form of Java 8, with stack maps: the JVM keeps none
 * without them in its AOT cache, so that each start would read and check them anew.
 */
final class Modernize {
  /** Of the jar {@code args[0]} the classes in the folder {@code args[1]}. */
  public static void main(String... args) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(args[0]))) {
      ClassFile classes =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(hierarchy(jar)));
      for (Path file : files(jar.getPath(args[1]))) {
        ClassModel old = classes.parse(Files.readAllBytes(file));
        if (old.majorVersion() < JAVA_6_VERSION) {
          byte[] made = classes.transformClass(old, MODERN);
          List<VerifyError> wrong = classes.verify(made);
          if (!wrong.isEmpty()) {
            throw new IOException(file + " cannot be modernized", wrong.getFirst());
          }
          Files.write(file, made);
        }
      }
    }
  }

  /** Code is taken apart and put together again, so that its stack maps are made. */
  private static final ClassTransform MODERN =
      ClassTransform.transformingMethodBodies((CodeTransform) (code, part) -> code.with(part))
          .andThen(
              (made, part) -> {
                if (part instanceof ClassFileVersion) {
                  made.withVersion(JAVA_8_VERSION, 0);
                } else {
                  made.with(part);
                }
              });

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static ClassHierarchyResolver hierarchy(FileSystem jar) {
    return ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> stream(jar, type))
        .orElse(ClassHierarchyResolver.defaultResolver());
  }

  private static InputStream stream(FileSystem jar, ClassDesc type) {
    String descriptor = type.descriptorString();
    Path file = jar.getPath(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
