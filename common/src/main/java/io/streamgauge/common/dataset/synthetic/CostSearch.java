package io.streamgauge.common.dataset.synthetic;

import io.streamgauge.common.dataset.synthetic.TokenCosts.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds what words cost from counts of whole prompts, few of them. Words are asked for in groups: a
 * group that costs as many tokens as it has words is one token a word, since no word costs less
 * than one. Other groups are halved, until they are words or, where a script costs many tokens a
 * word, phrases.
 */
public final class CostSearch {
  /** Words, short of many tokens, that stand between the opener and what is asked for. */
  private static final String LEAD = " of the";

  private static final int GROUP = 16;
  private static final int PHRASE = 4;

  /** Pieces of a language that are tried together. */
  private static final int SAMPLE = 60;

  /** A script that the model hardly knows: its words would be most of a short prompt. */
  private static final int UNKNOWN = 6;

  private final TokenCounter counter;
  private final int most;
  private int asked;
  private int base;

  /** {@code language} is its place in the list of languages. */
  private record Group(int language, List<String> words, int tokens) {
    String text() {
      return CostSearch.text(words);
    }

    boolean whole() {
      return words.size() == 1
          || tokens > UNKNOWN * words.size()
          || (words.size() <= PHRASE && tokens > 2 * words.size());
    }
  }

  private CostSearch(TokenCounter counter, int most) {
    this.counter = counter;
    this.most = most;
  }

  /**
   * The costs of the words that come with the tool.
   *
   * @param most prompts that may be counted; what is not halved by then stays together as a phrase
   * @throws IllegalArgumentException when too few words have costs that add up
   */
  public static TokenCosts find(TokenCounter counter, int most) {
    return new CostSearch(counter, most).find(Words.read());
  }

  private TokenCosts find(List<List<String>> languages) {
    List<Group> unknown = new ArrayList<>();
    for (int language = 0; language < languages.size(); language++) {
      List<String> words = languages.get(language);
      for (int from = 0; from < words.size(); from += GROUP) {
        unknown.add(
            new Group(language, words.subList(from, Math.min(from + GROUP, words.size())), 0));
      }
    }
    String first = Words.OPENERS.getFirst() + LEAD;
    List<String> texts =
        Stream.of(
                Words.OPENERS.stream().map(opener -> opener + LEAD),
                Stream.of(first + LEAD),
                unknown.stream().map(group -> first + group.text()))
            .flatMap(all -> all)
            .toList();
    List<Integer> counts = count(texts);
    int openers = Words.OPENERS.size();
    base = counts.getFirst();
    int lead = counts.get(openers) - base;
    int cheapest = counts.subList(0, openers).stream().min(Integer::compare).orElseThrow();
    List<String> usable =
        IntStream.range(0, openers)
            .filter(i -> counts.get(i) == cheapest)
            .mapToObj(Words.OPENERS::get)
            .toList();
    List<Group> groups =
        IntStream.range(0, unknown.size())
            .mapToObj(
                i ->
                    new Group(
                        unknown.get(i).language(),
                        unknown.get(i).words(),
                        counts.get(openers + 1 + i) - base))
            .toList();
    List<List<Piece>> pieces =
        Stream.generate(() -> (List<Piece>) new ArrayList<Piece>())
            .limit(languages.size())
            .toList();
    resolve(groups, pieces);
    return new TokenCosts(cheapest - lead, usable, additive(pieces), asked);
  }

  /** Those languages whose pieces cost together what they cost each. */
  private List<List<Piece>> additive(List<List<Piece>> languages) {
    List<List<Piece>> samples =
        languages.stream()
            .map(
                pieces -> {
                  List<Piece> sample = new ArrayList<>(pieces);
                  Collections.shuffle(sample, new Random(pieces.size()));
                  return sample.subList(0, Math.min(SAMPLE, sample.size()));
                })
            .toList();
    List<Integer> counts =
        count(
            samples.stream()
                .map(
                    sample ->
                        Words.OPENERS.getFirst()
                            + LEAD
                            + sample.stream().map(Piece::text).collect(Collectors.joining()))
                .toList());
    return IntStream.range(0, languages.size())
        .filter(i -> counts.get(i) == base + samples.get(i).stream().mapToInt(Piece::tokens).sum())
        .mapToObj(languages::get)
        .toList();
  }

  private void resolve(List<Group> groups, List<List<Piece>> pieces) {
    List<Group> left = groups;
    while (!left.isEmpty()) {
      List<Group> mixed = new ArrayList<>();
      for (Group group : left) {
        if (group.tokens() == group.words().size()) {
          group.words().forEach(word -> add(pieces, group, " " + word, 1));
        } else if (group.tokens() > group.words().size()) {
          if (group.whole() || asked + mixed.size() >= most) {
            add(pieces, group, group.text(), group.tokens());
          } else {
            mixed.add(group);
          }
        } // fewer: words that melt into each other do not add up
      }
      left = halves(mixed);
    }
  }

  private static void add(List<List<Piece>> pieces, Group group, String text, int tokens) {
    pieces.get(group.language()).add(new Piece(text, tokens));
  }

  private List<Group> halves(List<Group> groups) {
    List<Integer> counts =
        groups.isEmpty()
            ? List.of()
            : count(
                groups.stream()
                    .map(group -> Words.OPENERS.getFirst() + LEAD + text(firstHalf(group)))
                    .toList());
    List<Group> halves = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      List<String> first = firstHalf(group);
      int tokens = counts.get(i) - base;
      halves.add(new Group(group.language(), first, tokens));
      halves.add(
          new Group(
              group.language(),
              group.words().subList(first.size(), group.words().size()),
              group.tokens() - tokens));
    }
    return halves;
  }

  private static List<String> firstHalf(Group group) {
    return group.words().subList(0, group.words().size() / 2);
  }

  private static String text(List<String> words) {
    return " " + String.join(" ", words);
  }

  private List<Integer> count(List<String> texts) {
    asked += texts.size();
    return counter.count(texts);
  }
}
