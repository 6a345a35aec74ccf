package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that refuses native access measures all the same, by its own stamps. */
class NativeAccessTest {
  private static final String REFUSED = "--illegal-native-access=deny";
  private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

  @TempDir private Path directory;

  @Test
  void whereItIsRefusedToAllTheJdksSocketsAreUsed() {
    measuresByItsOwnStamps(TestJvm.command(REFUSED), Map.of());
  }

  /** Netty on the module path may, we on the class path may not. */
  @Test
  void whereItIsRefusedToUsAloneVertxIsUsedOverEpoll() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "epoll");
    Map<Boolean, String> paths =
        SEPARATOR
            .splitAsStream(System.getProperty("java.class.path"))
            .collect(
                Collectors.partitioningBy(
                    jar -> Path.of(jar).getFileName().toString().startsWith("netty-"),
                    Collectors.joining(File.pathSeparator)));
    List<String> jvm =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                REFUSED,
                "--enable-native-access=io.netty.common,io.netty.transport.unix.common,"
                    + "io.netty.transport.classes.epoll"));
    jvm.addAll(List.of("-p", paths.get(true), "--add-modules", "ALL-MODULE-PATH"));
    jvm.addAll(List.of("-cp", paths.get(false)));

    measuresByItsOwnStamps(jvm, Map.of("STREAMGAUGE_TRANSPORT", "epoll"));
  }

  private void measuresByItsOwnStamps(List<String> jvm, Map<String, String> environment) {
    int code =
        new OwnProcess(directory, environment, jvm)
            .run(
                "--requests",
                "20",
                "--concurrency",
                "4",
                "--max-tokens",
                "8",
                "--max-client-error",
                "off");

    assertThat(code).as(OwnProcess.output(directory)).isZero();
    var level = new ResultFiles(directory).json().at("/levels/0");
    assertThat(level.at("/metrics/requests/successful").intValue()).isEqualTo(20);
    assertThat(level.at("/client/merged/stamps/user").intValue()).isPositive();
    assertThat(level.at("/client/merged/stamps/kernel").intValue()).isZero();
  }
}
