package io.streamgauge.common.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedMembersTest {
  @Test
  void anAddressStandsForItself() {
    assertThat(new NamedMembers(List.of(new HostPort("10.0.0.5", 5701))).getMembers())
        .containsExactly("10.0.0.5:5701");
    assertThat(NamedMembers.places(new HostPort("::1", 5701)))
        .containsExactly(new HostPort("0:0:0:0:0:0:0:1", 5701));
  }

  @Test
  void aNameThatStandsForNobodyNowIsNoError() {
    HostPort nobody = new HostPort("nobody.invalid", 5701);

    assertThat(new NamedMembers(List.of(nobody, new HostPort("10.0.0.5", 1))).getMembers())
        .containsExactly("10.0.0.5:1");
    assertThat(Knock.all(nobody).getFirst().answer()).isEqualTo(Knock.Answer.UNKNOWN_HOST);
  }
}
