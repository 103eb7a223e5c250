package dev.weir.http.coding;

import dev.weir.http.FieldLists;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which codings a client takes: its Accept-Encoding field (RFC 9110 12.5.3). Immutable.
 *
 * <p>A request without the field gets no coding: it says that any would do, but the programs that
 * leave it out are those that know none.
 */
public final class AcceptEncoding {
  /** Takes none. */
  public static final AcceptEncoding NONE = new AcceptEncoding(Map.of(), 0, 1);

  private final Map<ContentCoding, Integer> weights;
  private final int otherWeight;
  private final int identityWeight;

  private AcceptEncoding(Map<ContentCoding, Integer> weights, int otherWeight, int identityWeight) {
    this.weights = weights;
    this.otherWeight = otherWeight;
    this.identityWeight = identityWeight;
  }

  /**
   * Reads the field.
   *
   * @param field its value, several lines joined by commas; null if there is none
   */
  public static AcceptEncoding parse(@Nullable String field) {
    if (field == null || field.isBlank()) {
      return NONE;
    }
    var weights = new EnumMap<ContentCoding, Integer>(ContentCoding.class);
    int other = 0;
    // Not mentioned, it is still acceptable, but anything that is mentioned is liked better.
    int identity = 1;
    for (FieldLists.Weighted element : FieldLists.weighted(field)) {
      if (element.value().equals("*")) {
        other = element.weight();
      } else if (element.value().equalsIgnoreCase("identity")) {
        identity = element.weight();
      } else {
        ContentCoding coding = ContentCoding.of(element.value());
        if (coding != null) {
          weights.putIfAbsent(coding, element.weight());
        }
      }
    }
    return new AcceptEncoding(weights, other, identity);
  }

  /** From 0, not acceptable, to 1000. */
  public int weight(ContentCoding coding) {
    return weights.getOrDefault(coding, otherWeight);
  }

  /**
   * Those of the codings on offer that the client takes and does not like less than none at all,
   * the best first; of those it likes alike, the first on offer. If the list is empty, or the
   * server has none of these, the answer goes without coding, even to a client that refuses that:
   * it may still do something with it, and nothing with a 406 (RFC 9110 12.1 lets the server
   * choose).
   */
  public List<ContentCoding> choose(List<ContentCoding> offered) {
    return offered.stream()
        .filter(coding -> weight(coding) > 0 && weight(coding) >= identityWeight)
        .sorted(Comparator.comparingInt(this::weight).reversed())
        .toList();
  }
}
