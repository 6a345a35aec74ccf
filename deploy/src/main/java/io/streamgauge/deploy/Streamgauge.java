package io.streamgauge.deploy;

/** The root command. */
public final class Streamgauge {
  public static void main(String... args) {
    System.out.println("streamgauge");
  }

  private Streamgauge() {}
}
