package io.streamgauge.deploy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.DefaultJoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What is logged and how, where no file says otherwise. As a file of Logback it would cost every
 * start the loading of a parser of XML, some 50 ms of a core.
 */
public final class Logging extends DefaultJoranConfigurator {
  private static final String LEVEL = "STREAMGAUGE_LOG";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (super.configure(context) == ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY) {
      return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY; // by a file
    }
    install(context, System.getenv(LEVEL));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void install(LoggerContext context, @Nullable String level) {
    level(context, "com.hazelcast", Level.ERROR);
    // A member that is gone: told by the heartbeat in one line.
    level(context, "com.hazelcast.spi.impl.operationservice", Level.OFF);
    level(context, "io.vertx.core.eventbus.impl.clustered", Level.ERROR);
    // A message to somebody who is ending: whoever waits for an answer hears of it.
    level(context, "io.vertx.core.eventbus.impl.MessageConsumerImpl", Level.ERROR);
    // A connection that came when its server was ending: whoever made it sees it closed.
    level(context, "io.netty.bootstrap.ServerBootstrap", Level.ERROR);
    // Begin and end of its runs, and who was lost.
    level(context, "controller", Level.INFO);
    level(context, Logger.ROOT_LOGGER_NAME, Level.toLevel(level, Level.WARN));
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr(context));
  }

  private static void level(LoggerContext context, String logger, Level level) {
    context.getLogger(logger).setLevel(level);
  }

  private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
