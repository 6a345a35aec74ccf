package io.streamgauge.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.request.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedTargetsTest {
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "localhost", List.of("127.0.0.1", "::1"),
          "vllm.example", List.of("203.0.113.7"),
          "inside.example", List.of("10.0.0.5"),
          "metadata.example", List.of("169.254.170.2"),
          "both.example", List.of("127.0.0.1", "203.0.113.7"));

  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (!NAMES.containsKey(name)) {
      throw new UnknownHostException(host);
    }
    return NAMES.get(name).stream().map(InetAddress::ofLiteral).toList();
  }

  private static TargetVerdict judge(boolean allowPrivate, String allowed, String url) {
    List<String> rules = Stream.of(allowed.split(" ")).filter(text -> !text.isEmpty()).toList();
    return new AllowedTargets(rules, allowPrivate, AllowedTargetsTest::resolve)
        .judge(new Target(url, Optional.empty(), Optional.empty(), Map.of()));
  }

  private static void allows(boolean allowPrivate, String allowed, String url) {
    assertThat(judge(allowPrivate, allowed, url)).isInstanceOf(TargetVerdict.Allowed.class);
  }

  private static void refuses(boolean allowPrivate, String allowed, String url) {
    assertThat(judge(allowPrivate, allowed, url)).isInstanceOf(TargetVerdict.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8000",
        "http://127.1.2.3",
        "https://localhost",
        "http://LOCALHOST.:8000/v1",
        "http://[::1]:8000",
        "http://[::ffff:127.0.0.1]:8000",
        "http://[0:0:0:0:0:0:0:1]:8000"
      })
  void loopbackIsAllowedByItself(String url) {
    allows(false, "", url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.5:8000",
        "http://172.16.0.1",
        "http://172.31.255.255",
        "http://192.168.1.1",
        "http://[fd12::1]:8000",
        "http://[fe80::1]:8000",
        "http://[::ffff:10.0.0.5]:8000",
        "http://inside.example:8000"
      })
  void privateRangesAreAllowedOnlyWhenToldSo(String url) {
    allows(true, "", url);
    refuses(false, "", url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://203.0.113.7:8000",
        "http://172.32.0.1",
        "http://11.0.0.1",
        "http://0.0.0.0:8000",
        "http://[::]:8000",
        "http://[2001:db8::1]",
        "http://[::127.0.0.1]:8000",
        "http://[64:ff9b::7f00:1]",
        "http://169.254.169.254",
        "http://vllm.example",
        "http://both.example",
        "http://unknown.example"
      })
  void allElseIsRefusedEvenWherePrivateRangesAreAllowed(String url) {
    refuses(true, "", url);
  }

  /** In every form in which a URL can write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254",
        "http://169.254.170.2",
        "http://169.254.170.23",
        "http://169.254.169.253",
        "http://169.254.0.23",
        "http://169.254.42.42",
        "http://[fd00:ec2::254]",
        "http://[fd00:ec2::23]",
        "http://[fd00:0ec2:0:0:0:0:0:23]",
        "http://[fd20:ce::254]",
        "http://[fd00:42::42]",
        "http://[fd00:c1::a9fe:a9fe]",
        "http://[fe80::a9fe:a9fe]",
        "http://[fd12::5efe:169.254.170.2]",
        "http://[::ffff:169.254.170.2]",
        "http://[::ffff:a9fe:aa17]",
        "http://[64:ff9b::169.254.169.254]",
        "http://[fd64:ff9b::a9fe:a9fe]",
        "http://[2002:a9fe:a9fe::1]",
        "http://100.100.100.200",
        "http://168.63.129.16",
        "http://192.0.0.192",
        "http://\uff11\uff16\uff19.254.169.254",
        "http://169\u3002254\u3002169\u3002254",
        "http://2852039166",
        "http://0xa9fea9fe",
        "http://0251.0376.0251.0376",
        "http://169.254.43518",
        "http://metadata.example"
      })
  void metadataOfCloudsIsRefusedUnlessItIsListedByItself(String url) {
    refuses(true, "", url);
    refuses(true, "169.0.0.0/8:* 100.64.0.0/10:* [fc00::/7]:* [fe80::/10]:* [64:ff9b::/96]:*", url);
  }

  @Test
  void metadataThatIsListedByItselfIsAllowed() {
    allows(false, "169.254.170.2:80", "http://169.254.170.2");
    allows(false, "[fd00:ec2::23]:80", "http://[fd00:ec2::23]");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7:8000, http://203.0.113.7:8000, true",
    "203.0.113.7:8000, http://203.0.113.7:8001, false",
    "203.0.113.7:8000, http://203.0.113.8:8000, false",
    "203.0.113.7:80, http://203.0.113.7, true",
    "203.0.113.7:443, https://203.0.113.7, true",
    "203.0.113.7:80, https://203.0.113.7, false",
    "203.0.113.7:*, http://203.0.113.7:9, true",
    "203.0.113.0/24:8000, http://203.0.113.255:8000, true",
    "203.0.113.0/24:8000, http://203.0.114.0:8000, false",
    "203.0.113.7:8000, http://vllm.example:8000, true",
    "0.0.0.0/0:*, http://198.51.100.1:1, true",
    "0.0.0.0/0:*, 'http://[2001:db8::1]:1', false",
    "'[2001:db8::]:8000', 'http://[2001:db8::0]:8000', true",
    "'[2001:db8::/32]:8000', 'http://[2001:db8:1::1]:8000', true",
    "'[2001:db8::/32]:8000', 'http://[2001:db9::1]:8000', false",
    "vllm.example:8000, http://vllm.example:8000, true",
    "vllm.example:8000, http://VLLM.Example.:8000, true",
    "VLLM.example.:8000, http://vllm.example:8000, true",
    "vllm.example:8000, http://vllm.example:8001, false",
    "vllm.example:8000, http://203.0.113.7:8000, false",
    "example:8000, http://vllm.example:8000, false",
    "inside.example:8000, http://inside.example:8000, true",
    "203.0.113.7:8000, http://both.example:8000, true",
    "'127.0.0.1:1', http://both.example:8000, false",
    "169.254.169.254:80, http://169.254.169.254, true"
  })
  void aRuleAllowsItsHostAndPortAndNoMore(String rule, String url, boolean allowed) {
    if (allowed) {
      allows(false, rule, url);
    } else {
      refuses(false, rule, url);
    }
  }

  @Test
  void anyOfSeveralRulesSuffices() {
    allows(false, "198.51.100.1:80 203.0.113.7:8000", "http://203.0.113.7:8000");
  }

  @Test
  void everyAddressOfANameMustBeAllowed() {
    assertThat(judge(false, "", "http://both.example:8000"))
        .isEqualTo(
            new TargetVerdict.Refused(
                "both.example:8000 is not on this agent's list of targets (it leads to"
                    + " 203.0.113.7); start the agent with --allow-target both.example:8000"));
  }

  @Test
  void aRefusalSaysHowToAllow() {
    assertThat(judge(false, "", "http://10.0.0.5:8000"))
        .isEqualTo(
            new TargetVerdict.Refused(
                "10.0.0.5:8000 is not on this agent's list of targets; start the agent with"
                    + " --allow-private, or --allow-target 10.0.0.5:8000"));
    assertThat(judge(false, "", "http://[2001:DB8::1]:8000"))
        .asString()
        .contains("--allow-target [2001:db8::1]:8000");
    assertThat(judge(false, "", "http://unknown.example"))
        .asString()
        .contains("unknown.example cannot be looked up");
  }

  @Test
  void whatARefusalAdvisesIsAcceptedAndAllows() {
    allows(false, "both.example:8000", "http://both.example:8000");
    allows(false, "[2001:db8::1]:8000", "http://[2001:DB8::1]:8000");
  }

  /** In every one of these somebody reads 127.0.0.1, and somebody else another address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433:8000",
        "http://0x7f000001:8000",
        "http://0x7f.0.0.1:8000",
        "http://0177.0.0.1:8000",
        "http://127.0.0.01:8000",
        "http://127.1:8000",
        "http://127.0.1:8000",
        "http://127.0.0.1.:8000/",
        "http://1.0x7f:8000",
        "http://a.0:8000"
      })
  void anAddressInAnOddFormIsNeverAllowed(String url) {
    TargetVerdict verdict;
    try {
      verdict = judge(true, "0.0.0.0/0:*", url);
    } catch (PlanException e) {
      assertThat(e).hasMessageStartingWith("url: ");
      return;
    }
    assertThat(verdict).isInstanceOf(TargetVerdict.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1@203.0.113.7", "http://user:pw@127.0.0.1:8000"})
  void aTargetHasNoUserInFrontOfItsHost(String url) {
    assertThatExceptionOfType(PlanException.class).isThrownBy(() -> judge(true, "", url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vllm.example",
        "*:8000",
        "vllm.example:",
        "vllm.example:0",
        "vllm.example:65536",
        "vllm.example:http",
        "http://vllm.example:8000",
        "10.0.0.0/33:8000",
        "10.0.0.0/-1:8000",
        "10.0.0.0/:8000",
        "10.0.0:8000",
        "2130706433:8000",
        "fd00::1:8000",
        "[fd00::1]",
        "[fd00::/129]:8000",
        "-x.example:8000",
        "*.example:8000"
      })
  void anotherFormIsRefusedByName(String rule) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> new AllowedTargets(List.of(rule), false))
        .withMessageStartingWith("allow-target: ")
        .withMessageContaining("expected HOST:PORT");
  }

  @Test
  void theSystemsResolverKnowsThisHost() {
    assertThat(
            new AllowedTargets(List.of(), false)
                .judge(
                    new Target(
                        "http://localhost:8000", Optional.empty(), Optional.empty(), Map.of())))
        .isInstanceOf(TargetVerdict.Allowed.class);
  }
}
