package io.streamgauge.deploy.docs;

import static io.streamgauge.deploy.docs.Table.code;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A section for each command, from the options themselves. */
final class CommandPages {
  private static final Pattern DEFAULT =
      Pattern.compile("\\s*(?:\\(default: (.+)\\)|Default: (.+?)(?:\\.(?= |$)|$))");
  private static final Pattern OPTION = Pattern.compile("(?<![`\\w-])--[a-z][a-z-]+");

  static String of(CommandLine root) {
    return commands(root).map(CommandPages::section).collect(Collectors.joining("\n"));
  }

  /** Every command that does something by itself. */
  static Stream<CommandLine> commands(CommandLine command) {
    Map<String, CommandLine> below = command.getSubcommands();
    return below.isEmpty()
        ? Stream.of(command)
        : below.values().stream().distinct().flatMap(CommandPages::commands);
  }

  private static String section(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String name = spec.qualifiedName().replaceFirst("^streamgauge ", "");
    List<ArgSpec> arguments =
        Stream.concat(
                spec.positionalParameters().stream().map(ArgSpec.class::cast),
                spec.options().stream()
                    .filter(option -> !option.usageHelp() && !option.versionHelp()))
            .toList();
    StringBuilder section = new StringBuilder("### %s\n\n".formatted(name));
    section.append(prose(spec.usageMessage().description()));
    if (!arguments.isEmpty()) {
      Table table = new Table("option", "default", "meaning");
      arguments.forEach(argument -> row(table, argument));
      section.append(table).append('\n');
    }
    section.append(prose(spec.usageMessage().footer()));
    spec.usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> section.append("- %s: %s\n".formatted(code.strip(), meaning)));
    return section.toString();
  }

  private static void row(Table table, ArgSpec argument) {
    String description =
        String.join(" ", argument.description()).replace("%%", "%").replace("%n", " ");
    table.row(
        code(label(argument)),
        marked(usual(argument, description)),
        marked(sentence(DEFAULT.matcher(description).replaceFirst(""))));
  }

  /** What holds without the option: by its description, else by the command's own way. */
  private static String usual(ArgSpec argument, String description) {
    Matcher told = DEFAULT.matcher(description);
    if (told.find()) {
      String text = told.group(1) == null ? told.group(2) : told.group(1);
      return text.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()));
    }
    boolean shown = argument.command().usageMessage().showDefaultValues();
    String value = shown && argument.arity().max() > 0 ? argument.defaultValueString() : "[]";
    return value.equals("[]") ? "–" : value;
  }

  /** Options that a text names, as code. */
  private static String marked(String text) {
    return OPTION.matcher(text).replaceAll("`$0`");
  }

  private static String label(ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option ->
          option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
      case PositionalParamSpec positional -> positional.paramLabel();
      default -> throw new IllegalArgumentException("neither option nor parameter: " + argument);
    };
  }

  /** With a capital and a full stop. */
  private static String sentence(String text) {
    String plain = text.strip();
    return plain.isEmpty()
        ? ""
        : Character.toUpperCase(plain.charAt(0))
            + plain.substring(1)
            + (plain.endsWith(".") ? "" : ".");
  }

  private static String prose(String... lines) {
    String text = String.join(" ", lines).strip().replace("%%", "%");
    return text.isEmpty() ? "" : marked(text) + "\n\n";
  }

  private CommandPages() {}
}
