package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoggingTest {
  private static LoggerContext installed(@Nullable String level) {
    LoggerContext context = new LoggerContext();
    Logging.install(context, level);
    return context;
  }

  @Test
  void warningsAreLoggedAndOfTheControllerItsRunsAndOfTheClusterErrorsAlone() {
    LoggerContext logging = installed(null);

    assertThat(logging.getLogger("io.streamgauge.Some").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(logging.getLogger("controller").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(logging.getLogger("com.hazelcast.Some").getEffectiveLevel()).isEqualTo(Level.ERROR);
  }

  @Test
  void theUserTurnsItUp() {
    LoggerContext logging = installed("DEBUG");

    assertThat(logging.getLogger("io.streamgauge.Some").getEffectiveLevel()).isEqualTo(Level.DEBUG);
    assertThat(logging.getLogger("com.hazelcast.Some").getEffectiveLevel()).isEqualTo(Level.ERROR);
  }

  @Test
  void aLineHasTheTimeTheLevelTheShortNameAndTheMessage() {
    LoggerContext logging = installed(null);
    Logger log = logging.getLogger("io.streamgauge.Some");
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>)
            logging.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");

    byte[] line =
        appender
            .getEncoder()
            .encode(new LoggingEvent("", log, Level.WARN, "{} is lost", null, new Object[] {"a"}));

    assertThat(appender.getTarget()).isEqualTo("System.err");
    assertThat(new String(line, UTF_8)).matches("[0-9:]{8}\\.\\d{3} WARN  Some: a is lost\\R");
  }
}
