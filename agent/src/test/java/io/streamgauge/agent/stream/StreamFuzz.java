package io.streamgauge.agent.stream;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same checks under a fuzzer that is led by coverage. Not among the tests of a build, since its
 * agent changes every class of the process; see CONTRIBUTING.md for how to run it.
 */
class StreamFuzz {
  private final StreamChecks checks = new StreamChecks(false);

  static Stream<Arguments> recordings() {
    return StreamFuzzTest.corpus().stream().map(bytes -> arguments((Object) bytes));
  }

  @MethodSource("recordings")
  @FuzzTest(maxDuration = "10m")
  void nothingBreaksTheReaders(byte[] input) {
    checks.check(input);
  }
}
